package org.leaklab.heapdump.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** The calls of a method, with the instructions that their arguments come from. */
final class Calls {

    private final MethodNode method;
    private final Frame<SourceValue>[] frames;
    private final Origins origins;

    private Calls(MethodNode method, Frame<SourceValue>[] frames, Origins origins) {
        this.method = method;
        this.frames = frames;
        this.origins = origins;
    }

    /** Of a method of a class, or null if it cannot be followed. */
    static @Nullable Calls of(MethodNode method, String owner) {
        Origins origins = new Origins(owner);
        try {
            return new Calls(method, new Analyzer<>(origins).analyze(owner, method), origins);
        } catch (AnalyzerException e) {
            return null;
        }
    }

    /** The calls of methods of a name on a line. */
    List<MethodInsnNode> on(int line, String called) {
        List<MethodInsnNode> found = new ArrayList<>();
        int at = -1;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                at = number.line;
            } else if (at == line && instruction instanceof MethodInsnNode call && call.name.equals(called)) {
                found.add(call);
            }
        }
        return found;
    }

    /** Where an argument of a call comes from; nowhere if the call is never reached. */
    Set<AbstractInsnNode> argument(MethodInsnNode call, int index) {
        return operand(call, Type.getArgumentCount(call.desc) - index);
    }

    /** Where a value on the stack comes from that an instruction takes, 1 the uppermost. */
    Set<AbstractInsnNode> operand(AbstractInsnNode instruction, int depth) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(instruction)];
        return frame == null ? Set.of() : frame.getStack(frame.getStackSize() - depth).insns;
    }

    /** The place among the arguments of the method of what stands for one, or -1. */
    int parameter(AbstractInsnNode origin) {
        int local = origins.parameter(origin);
        int at = (method.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
        Type[] arguments = Type.getArgumentTypes(method.desc);
        for (int i = 0; i < arguments.length; i++) {
            if (at == local) {
                return i;
            }
            at += arguments[i].getSize();
        }
        return -1;
    }

    /** The number that an instruction has in it, or null. */
    static @Nullable Long constant(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (instruction instanceof LdcInsnNode constant) {
            return constant.cst instanceof Long || constant.cst instanceof Integer
                    ? ((Number) constant.cst).longValue()
                    : null;
        }
        if (instruction instanceof IntInsnNode number) {
            return opcode == Opcodes.BIPUSH || opcode == Opcodes.SIPUSH ? Long.valueOf(number.operand) : null;
        }
        if (opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) {
            return (long) opcode - Opcodes.LCONST_0;
        }
        return opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5 ? (long) opcode - Opcodes.ICONST_0 : null;
    }
}
