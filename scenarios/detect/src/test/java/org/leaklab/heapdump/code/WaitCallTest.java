package org.leaklab.heapdump.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.ref.Reference;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What the code of methods says of their waits; {@link Object#wait} is never reached, only read. */
class WaitCallTest {

    private static final String OBJECT = "java.lang.Object";
    private static final String STRING = "java.lang.String";
    private static final String THIS = Waits.class.getName();

    @SuppressWarnings({"WaitNotInLoop", "unused", "SynchronizeOnNonFinalField"})
    private static final class Waits {

        private Object field = new Object();

        void onItself(String other, int number) throws InterruptedException {
            wait(number);
            field = other;
        }

        static void inABlock(Object monitor, String other) throws InterruptedException {
            synchronized (monitor) {
                monitor.wait();
            }
        }

        static void behindTheBlockAnother(Object monitor) throws InterruptedException {
            synchronized (monitor) {
                Object later = monitor.toString();
                monitor.wait();
                Reference.reachabilityFence(later);
            }
        }

        static void behindABlock(Object monitor) throws InterruptedException {
            synchronized (monitor) {
                Reference.reachabilityFence(monitor);
            }
            monitor.wait();
        }

        static void inABlockOnAnother(Object first, Object second) throws InterruptedException {
            synchronized (first) {
                second.wait();
            }
        }

        static void inTurn(Object monitor, Object next) throws InterruptedException {
            for (Object now = monitor; now != null; now = next) {
                synchronized (now) {
                    now.wait();
                }
            }
        }

        void onAField() throws InterruptedException {
            synchronized (field) {
                field.wait();
            }
        }

        static void twiceInALine(Object one, Object two) throws InterruptedException {
            for (one.wait(); one != two; two.wait()) {}
        }

        static void afterACatch(Object monitor) throws InterruptedException {
            try {
                Reference.reachabilityFence(monitor);
            } catch (IllegalStateException caught) {
                monitor.wait();
                caught.printStackTrace();
            }
        }

        void onItselfByItsSuperclass(Object other) throws InterruptedException {
            for (super.wait(); other != this; other.wait()) {}
        }

        static void noWait(Object monitor) {
            monitor.notifyAll();
        }
    }

    private static @Nullable WaitCall in(String method) throws Exception {
        ClassNode type = new ClassNode();
        String name = Waits.class.getName().replace('.', '/');
        try (InputStream file = WaitCallTest.class.getResourceAsStream("/" + name + ".class")) {
            new ClassReader(file).accept(type, ClassReader.SKIP_FRAMES);
        }
        MethodNode node = type.methods.stream()
                .filter(one -> one.name.equals(method))
                .findFirst()
                .orElseThrow();
        int line = -1;
        for (AbstractInsnNode instruction : node.instructions) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (instruction instanceof MethodInsnNode call && call.name.equals("wait")) {
                break;
            }
        }
        return WaitCall.on(line, node, name);
    }

    @Test
    void whatAMethodWaitsOnAndWhatElseItsFrameCanShow() throws Exception {
        assertThat(in("onItself")).isEqualTo(new WaitCall(THIS, true, Set.of(STRING), null));
        assertThat(in("afterACatch")).isEqualTo(new WaitCall(OBJECT, false, Set.of(Throwable.class.getName()), null));
    }

    @Test
    void aBlockKeepsWhatItWaitsOn() throws Exception {
        assertThat(in("inABlock")).isEqualTo(new WaitCall(OBJECT, false, Set.of(STRING), Set.of()));
        assertThat(in("behindTheBlockAnother")).isEqualTo(new WaitCall(OBJECT, false, Set.of(STRING), Set.of(STRING)));
    }

    @Test
    void noOtherBlockDoes() throws Exception {
        assertThat(in("behindABlock")).isEqualTo(new WaitCall(OBJECT, false, Set.of(), null));
        assertThat(in("inABlockOnAnother")).isEqualTo(new WaitCall(OBJECT, false, Set.of(OBJECT), null));
    }

    /** The field is read twice, and may have been written between. */
    @Test
    void aFieldThatIsReadAgainIsAnotherObject() throws Exception {
        assertThat(in("onAField")).isEqualTo(new WaitCall(OBJECT, false, Set.of(THIS, OBJECT), null));
    }

    @Test
    void nothingIsSaidWhereItMayBeOneOfTwo() throws Exception {
        assertThat(in("inTurn")).isNull();
        assertThat(in("twiceInALine")).isNull();
        assertThat(in("onItselfByItsSuperclass")).isNull();
        assertThat(in("noWait")).isNull();
    }
}
