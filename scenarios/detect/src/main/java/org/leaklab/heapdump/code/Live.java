package org.leaklab.heapdump.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Which references a method still uses after a call: its live variables, by the textbook's backward analysis, and what
 * is on its stack. A frame in the interpreter shows at least those that are not null, and so does compiled code, but
 * for objects that escape analysis has taken apart: a dump shows nothing of them.
 */
final class Live {

    private final MethodNode method;
    private final InsnList code;
    private final List<int[]> next = new ArrayList<>();
    private final BitSet[] before;

    Live(MethodNode method) {
        this.method = method;
        this.code = method.instructions;
        this.before = new BitSet[code.size()];
        for (int i = 0; i < code.size(); i++) {
            next.add(successors(i));
            before[i] = new BitSet();
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = code.size() - 1; i >= 0; i--) {
                BitSet live = after(i);
                apply(code.get(i), live);
                if (!live.equals(before[i])) {
                    before[i] = live;
                    changed = true;
                }
            }
        }
    }

    /**
     * What a method uses and gives away at an instruction.
     *
     * @param after the references that are used after it
     * @param given if it is a call, what that is given in the order of its arguments, what it is called on first
     * @param staticOwner if it calls a static method, the class of this method, else empty
     */
    record Use(List<LiveValue> after, List<LiveValue> given, String staticOwner) {}

    /**
     * What a method uses at each instruction of a line at which its frame may stand; none if there is none, or the
     * method cannot be read.
     *
     * @param called the name of the method that is called; other calls count only if no such one is there. Empty if the
     *     frame calls nothing: then it may stand at any instruction of the line
     */
    static List<Use> at(MethodNode method, String owner, int line, String called) {
        Origins origins = new Origins(owner);
        Frame<SourceValue>[] frames;
        Frame<BasicValue>[] types;
        try {
            frames = new Analyzer<>(origins).analyze(owner, method);
            types = new Analyzer<>(new BasicInterpreter()).analyze(owner, method);
        } catch (AnalyzerException e) {
            return List.of();
        }
        Live live = new Live(method);
        Set<Use> all = new LinkedHashSet<>();
        Set<Use> ofCalled = new LinkedHashSet<>();
        int at = -1;
        for (int i = 0; i < types.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            if (instruction instanceof LineNumberNode number) {
                at = number.line;
            }
            if ((line >= 0 && at != line) || types[i] == null || frames[i] == null) {
                continue;
            }
            if (isCall(instruction)) {
                int below = types[i].getStackSize() - taken(instruction);
                List<LiveValue> given = new ArrayList<>();
                for (int place = below; place < types[i].getStackSize(); place++) {
                    given.add(origins.live(frames[i].getStack(place)));
                }
                Use use = new Use(
                        values(live.after(i), types[i], frames[i], below, origins), given, staticOwner(instruction));
                all.add(use);
                if (instruction instanceof MethodInsnNode invoked && invoked.name.equals(called)) {
                    ofCalled.add(use);
                }
            } else if (called.isEmpty() && instruction.getOpcode() >= 0) {
                all.add(new Use(values(live.before[i], types[i], frames[i], 0, origins), List.of(), ""));
            }
        }
        return List.copyOf(ofCalled.isEmpty() ? all : ofCalled);
    }

    private static String staticOwner(AbstractInsnNode instruction) {
        return instruction.getOpcode() == Opcodes.INVOKESTATIC
                        && instruction instanceof MethodInsnNode call
                        && call.owner != null // as damaged class files have it
                ? call.owner.replace('/', '.')
                : "";
    }

    /** The values of live variables and of some values on the stack, but for those that can only be null. */
    private static List<LiveValue> values(
            BitSet live, Frame<BasicValue> types, Frame<SourceValue> frame, int ofStack, Origins origins) {
        List<LiveValue> values = new ArrayList<>();
        for (int i = 0; i < types.getLocals() + ofStack; i++) {
            boolean isLocal = i < types.getLocals();
            BasicValue type = isLocal ? types.getLocal(i) : types.getStack(i - types.getLocals());
            if (type.isReference() && (!isLocal || live.get(i))) {
                LiveValue value = origins.live(Origins.value(frame, i));
                if (!value.types().isEmpty()) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** Whether a variable is used after an instruction, or by who catches what it throws. */
    boolean isLiveAfter(int at, int variable) {
        return after(at).get(variable);
    }

    static boolean isCall(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode || instruction instanceof InvokeDynamicInsnNode;
    }

    /** How many values a call takes from the stack. */
    static int taken(AbstractInsnNode call) {
        return call instanceof MethodInsnNode invoked
                ? Type.getArgumentCount(invoked.desc) + (invoked.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1)
                : Type.getArgumentCount(((InvokeDynamicInsnNode) call).desc);
    }

    private BitSet after(int at) {
        BitSet live = new BitSet();
        for (int successor : next.get(at)) {
            live.or(before[successor]);
        }
        return live;
    }

    private static void apply(AbstractInsnNode instruction, BitSet live) {
        if (instruction instanceof VarInsnNode variable) {
            boolean writes = variable.getOpcode() >= Opcodes.ISTORE && variable.getOpcode() <= Opcodes.ASTORE;
            live.set(variable.var, !writes);
        } else if (instruction instanceof IincInsnNode increment) {
            live.set(increment.var);
        }
    }

    private int[] successors(int at) {
        AbstractInsnNode instruction = code.get(at);
        Stream<LabelNode> jumps = switch (instruction) {
            case JumpInsnNode jump -> Stream.of(jump.label);
            case TableSwitchInsnNode table -> Stream.concat(Stream.of(table.dflt), table.labels.stream());
            case LookupSwitchInsnNode lookup -> Stream.concat(Stream.of(lookup.dflt), lookup.labels.stream());
            default -> Stream.of();
        };
        Stream<LabelNode> handlers = method.tryCatchBlocks.stream()
                .filter(block -> covers(block, at))
                .map(block -> block.handler);
        Stream<Integer> following = goesOn(instruction) && at + 1 < code.size() ? Stream.of(at + 1) : Stream.of();
        return Stream.concat(Stream.concat(jumps, handlers).map(code::indexOf), following)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private boolean covers(TryCatchBlockNode block, int at) {
        return code.indexOf(block.start) <= at && at < code.indexOf(block.end);
    }

    private static boolean goesOn(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return opcode != Opcodes.GOTO
                && opcode != Opcodes.TABLESWITCH
                && opcode != Opcodes.LOOKUPSWITCH
                && opcode != Opcodes.ATHROW
                && !(opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN);
    }
}
