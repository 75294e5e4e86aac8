package org.leaklab.heapdump.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What frames say of monitors, and of what they may use and not show; the methods are never called, only read. */
class EnteredTest {

    private static final int FIRST = 11;
    private static final int SECOND = 12;
    private static final int SELF = 13;
    private static final int VALUE = 14;

    /** Every object can be in every variable. */
    private static final Entered.Types ANY = new Entered.Types() {

        @Override
        public boolean canBe(int object, String type) {
            return true;
        }

        @Override
        public boolean is(int object, String type) {
            return true;
        }
    };

    @SuppressWarnings("unused")
    private static final class Blocks {

        static int nested(Object first, Object second) {
            synchronized (first) {
                first.notifyAll();
                synchronized (second) {
                    return second.hashCode();
                }
            }
        }

        synchronized int ofItself(Object other) {
            return other.hashCode();
        }

        /** As {@code ConcurrentHashMap.compute} does it. */
        static Object inALoop(List<Object> all, Object key) {
            Object value = null;
            while (true) {
                Object each = all.getFirst();
                if (each == null) {
                    return value;
                }
                synchronized (each) {
                    int code = key.hashCode();
                    value = all.get(code);
                }
            }
        }

        static int usedAfter(Object first, Object second) {
            int code = first.hashCode();
            return code + second.hashCode();
        }

        static String onlyOneIsUsedAfter(StringBuilder first, Object second) {
            return first.append(second.hashCode()).append(first.length()).toString();
        }
    }

    private static MethodNode method(String name) throws Exception {
        ClassNode type = new ClassNode();
        try (InputStream in = Blocks.class.getResourceAsStream("EnteredTest$Blocks.class")) {
            new ClassReader(in.readAllBytes()).accept(type, ClassReader.SKIP_FRAMES);
        }
        return type.methods.stream()
                .filter(method -> method.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The line of an instruction: the number-th with an opcode. */
    private static int line(MethodNode method, int opcode, int number) {
        int at = -1;
        int found = 0;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode line) {
                at = line.line;
            } else if (instruction.getOpcode() == opcode && ++found == number) {
                return at;
            }
        }
        throw new AssertionError("no instruction " + opcode);
    }

    private static Entered of(String name, int line, boolean enters, int... shown) throws Exception {
        return Entered.of(method(name), "Blocks", line, shown, enters ? null : "", ANY);
    }

    @Test
    void theInnerBlockIsWantedAndTheOuterHeld() throws Exception {
        int inner = line(method("nested"), Opcodes.MONITORENTER, 2);
        assertThat(of("nested", inner, true, FIRST, SECOND, FIRST, SECOND))
                .isEqualTo(new Entered(SECOND, List.of(FIRST)));
    }

    /** The interpreter stands behind the instruction already. */
    @Test
    void soItIsOnTheNextLine() throws Exception {
        int next = line(method("nested"), Opcodes.MONITORENTER, 2) + 1;
        assertThat(of("nested", next, true, FIRST, SECOND, FIRST, SECOND))
                .isEqualTo(new Entered(SECOND, List.of(FIRST)));
    }

    @Test
    void whoWantsTheOuterBlockHoldsNothing() throws Exception {
        int outer = line(method("nested"), Opcodes.MONITORENTER, 1);
        assertThat(of("nested", outer, true, FIRST, SECOND, FIRST)).isEqualTo(new Entered(FIRST, List.of()));
    }

    @Test
    void aCallInABlockHoldsItsMonitor() throws Exception {
        int call = line(method("nested"), Opcodes.INVOKEVIRTUAL, 1);
        assertThat(of("nested", call, false, FIRST, SECOND, FIRST)).isEqualTo(new Entered(-1, List.of(FIRST)));
    }

    @Test
    void compiledCodeThatShowsLessSaysNothing() throws Exception {
        int inner = line(method("nested"), Opcodes.MONITORENTER, 2);
        assertThat(of("nested", inner, true, FIRST, SECOND)).isNull();
    }

    /** Its variable {@code value} is null at first, and then not. */
    @Test
    void aVariableThatMayBeNullLeavesTheWantedOneClear() throws Exception {
        int line = line(method("inALoop"), Opcodes.MONITORENTER, 1);
        Entered wanted = new Entered(SECOND, List.of());
        assertThat(of("inALoop", line, true, SELF, FIRST, SECOND, SECOND)).isEqualTo(wanted);
        assertThat(of("inALoop", line, true, SELF, FIRST, VALUE, SECOND, SECOND))
                .isEqualTo(wanted);
        assertThat(of("inALoop", line, true, SELF, FIRST, VALUE, SECOND)).isEqualTo(wanted); // compiled
    }

    /** Compiled code shows what is used later: not the variable, but the copy from which the block is left. */
    @Test
    void compiledCodeShowsTheMonitorThatItHolds() throws Exception {
        int call = line(method("inALoop"), Opcodes.MONITORENTER, 1) + 1;
        assertThat(of("inALoop", call, false, SELF, FIRST, SECOND)).isEqualTo(new Entered(-1, List.of(SECOND)));
    }

    /** Where the same value is another object, the frame stands elsewhere. */
    @Test
    void objectsThatDoNotFitTheVariablesSayNothing() throws Exception {
        int inner = line(method("nested"), Opcodes.MONITORENTER, 2);
        assertThat(of("nested", inner, true, FIRST, SECOND, SECOND, FIRST)).isNull();
    }

    @Test
    void aSynchronizedMethodHoldsItsReceiver() throws Exception {
        int call = line(method("ofItself"), Opcodes.INVOKEVIRTUAL, 1);
        assertThat(of("ofItself", call, false, SELF, FIRST)).isEqualTo(new Entered(-1, List.of(SELF)));
        assertThat(of("ofItself", call, true, SELF, FIRST)).isEqualTo(new Entered(SELF, List.of()));
    }

    @Test
    void whatIsUsedAfterACallIsLive() throws Exception {
        MethodNode method = method("usedAfter");
        assertThat(after(method, line(method, Opcodes.INVOKEVIRTUAL, 1), "hashCode"))
                .containsExactly(1);
        assertThat(after(method, line(method, Opcodes.INVOKEVIRTUAL, 2), "hashCode"))
                .containsExactly(0);
    }

    /** How many references are used after each of the calls that may be meant. */
    private static List<Integer> after(MethodNode method, int line, String called) {
        return Live.at(method, "Blocks", line, called).stream()
                .map(use -> use.after().size())
                .toList();
    }

    /** Three calls are on one line; the stack of the frame says which one it is. */
    @Test
    void onlyTheCallThatIsMadeCounts() throws Exception {
        MethodNode method = method("onlyOneIsUsedAfter");
        int line = line(method, Opcodes.INVOKEVIRTUAL, 1);
        assertThat(after(method, line, "toString")).containsExactly(0);
        assertThat(after(method, line, "hashCode")).containsExactly(2); // on the stack, and in a variable
        assertThat(after(method, line, "unknown")).contains(0, 2); // it may be each of them
        assertThat(method.instructions).anyMatch(MethodInsnNode.class::isInstance);
    }
}
