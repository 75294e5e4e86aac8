package org.leaklab.heapdump.code;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What the analysis of methods may cost. A class file may come from anybody, and some analyses take more than linear
 * time and memory. A method that would cost too much counts as one without a class file, and so do all that follow when
 * a dump has used up its share. Methods that compilers make for people stay far below.
 */
final class Bounds {

    /** Variables and values on the stack at all instructions together: what an analysis keeps. */
    private static final long MOST_VALUES = 1_000_000;

    /** Instructions that handlers cover, each with all its values: what flows into handlers. */
    private static final long MOST_HANDLED = 20_000_000;

    /** Instructions by handlers, and by jumps back: how often one is looked at. */
    private static final long MOST_VISITS = 5_000_000;

    /** Values of all methods of a dump; 10,000 methods of 150 instructions have 30 million. */
    private static final long MOST_OF_DUMP = 60_000_000;

    /** What an instruction costs besides its values. */
    private static final long INSTRUCTION = 8;

    /** Bytes of class files that are read for a dump, some of them once for each method. */
    private static final long MOST_BYTES = 1L << 30;

    private long values;
    private long bytes;

    /** Whether one more class file may be read. */
    boolean mayRead(byte[] file) {
        bytes += file.length;
        return bytes <= MOST_BYTES;
    }

    /** Whether one more method may be analysed. */
    boolean mayAnalyse(MethodNode method) {
        if (!isSound(method) || !isCheap(method)) {
            return false;
        }
        values += method.instructions.size() * (INSTRUCTION + width(method));
        return values <= MOST_OF_DUMP;
    }

    private static long width(MethodNode method) {
        return (long) method.maxLocals + method.maxStack;
    }

    private static boolean isCheap(MethodNode method) {
        InsnList code = method.instructions;
        long handled = 0;
        long back = 0;
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            handled += code.indexOf(block.end) - code.indexOf(block.start);
            back += code.indexOf(block.handler) <= code.indexOf(block.end) ? 1 : 0;
        }
        for (int i = 0; i < code.size(); i++) {
            back += back(code, i);
        }
        long size = code.size();
        return size * width(method) <= MOST_VALUES
                && handled * width(method) <= MOST_HANDLED
                && size * (method.tryCatchBlocks.size() + back) <= MOST_VISITS;
    }

    /** How many jumps lead back from an instruction. */
    private static long back(InsnList code, int at) {
        return switch (code.get(at)) {
            case JumpInsnNode jump -> isBack(code, at, jump.label);
            case TableSwitchInsnNode table -> isBack(code, at, table.dflt) + back(code, at, table.labels);
            case LookupSwitchInsnNode lookup -> isBack(code, at, lookup.dflt) + back(code, at, lookup.labels);
            default -> 0;
        };
    }

    private static long back(InsnList code, int at, Iterable<LabelNode> labels) {
        long back = 0;
        for (LabelNode label : labels) {
            back += isBack(code, at, label);
        }
        return back;
    }

    private static long isBack(InsnList code, int at, LabelNode label) {
        return code.indexOf(label) <= at ? 1 : 0;
    }

    /** Whether types are written as types are, and no code is shared as only compilers of long ago did. */
    private static boolean isSound(MethodNode method) {
        boolean hasNoCode = (method.access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0;
        if (hasNoCode && method.instructions.size() > 0) {
            return false;
        }
        try {
            checkCall(method.desc, method.name);
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction.getOpcode() == Opcodes.JSR || instruction.getOpcode() == Opcodes.RET) {
                    return false;
                }
                checkType(instruction);
            }
            return true;
        } catch (RuntimeException e) { // what reads a type checks nothing
            return false;
        }
    }

    private static void checkType(AbstractInsnNode instruction) {
        switch (instruction) {
            case FieldInsnNode field -> check(Type.getType(field.desc), field.name);
            case MethodInsnNode call -> checkCall(call.desc, call.name);
            case InvokeDynamicInsnNode call -> checkCall(call.desc, call.name);
            case MultiANewArrayInsnNode array -> check(Type.getType(array.desc), array.desc);
            case TypeInsnNode type -> check(Type.getObjectType(type.desc), type.desc);
            default -> {}
        }
    }

    private static void checkCall(String descriptor, @Nullable String name) {
        Type call = Type.getMethodType(descriptor);
        if (name == null || call.getSort() != Type.METHOD) {
            throw new IllegalArgumentException(descriptor);
        }
        for (Type argument : call.getArgumentTypes()) {
            check(argument, name);
        }
        if (call.getReturnType().getSort() == Type.METHOD) {
            throw new IllegalArgumentException(descriptor);
        }
    }

    /** The type of a value that has a name. */
    private static void check(Type type, @Nullable String name) {
        if (name == null || type.getSort() == Type.METHOD || type.getSort() == Type.VOID) {
            throw new IllegalArgumentException(String.valueOf(name));
        }
        Objects.requireNonNull(type.getClassName());
    }
}
