package org.leaklab.heapdump.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Follows each value of a method to where it comes from: an instruction, an argument, or a handler that caught it. */
final class Origins extends SourceInterpreter {

    /** The type of what nothing is known of. */
    static final String ANY = "java.lang.Object";

    /** Methods that people write have less than a tenth of it. */
    private static final long MOST_MERGED = 5_000_000;

    private final String owner;
    private final Map<AbstractInsnNode, Type> arguments = new HashMap<>();

    /** The place of each argument. */
    private final Map<AbstractInsnNode, Integer> places = new HashMap<>();

    /** What each cast was given, and from what each field or element was read: who takes that apart takes both. */
    private final Map<AbstractInsnNode, Set<AbstractInsnNode>> casts = new HashMap<>();

    private long merged;
    private final Map<AbstractInsnNode, Integer> parameters = new HashMap<>();

    private AbstractInsnNode receiver = new InsnNode(Opcodes.NOP);

    Origins(String owner) {
        super(Opcodes.ASM9);
        this.owner = owner;
    }

    @Override
    public SourceValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
        AbstractInsnNode argument = new InsnNode(Opcodes.NOP);
        if (isInstanceMethod && local == 0) {
            receiver = argument;
        }
        places.put(argument, places.size());
        parameters.put(argument, local);
        arguments.put(argument, argument == receiver ? Type.getObjectType(owner) : type);
        return new SourceValue(type.getSize(), argument);
    }

    @Override
    public SourceValue newExceptionValue(TryCatchBlockNode block, Frame<SourceValue> handlerFrame, Type exceptionType) {
        return new SourceValue(1, block.handler);
    }

    @Override
    public SourceValue unaryOperation(AbstractInsnNode instruction, SourceValue value) {
        if (instruction.getOpcode() == Opcodes.CHECKCAST || instruction.getOpcode() == Opcodes.GETFIELD) {
            casts.computeIfAbsent(instruction, ignored -> new HashSet<>()).addAll(value.insns);
        }
        return super.unaryOperation(instruction, value);
    }

    /**
     * A value that may come from many instructions costs more each time that one is added.
     *
     * @throws IllegalStateException if that has become too much, which ends the analysis
     */
    @Override
    public SourceValue merge(SourceValue first, SourceValue second) {
        merged += 1 + first.insns.size() + second.insns.size();
        if (merged > MOST_MERGED) {
            throw new IllegalStateException("values come from too many places");
        }
        return super.merge(first, second);
    }

    @Override
    public SourceValue binaryOperation(AbstractInsnNode instruction, SourceValue first, SourceValue second) {
        if (instruction.getOpcode() == Opcodes.AALOAD) {
            casts.computeIfAbsent(instruction, ignored -> new HashSet<>()).addAll(first.insns);
        }
        return super.binaryOperation(instruction, first, second);
    }

    /** A copy is the same value. */
    @Override
    public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
        return value;
    }

    /**
     * The types of all references that a method can have in its variables and on its stack besides what it was called
     * on: a list for each instruction of a line, with each value once.
     */
    static @Nullable Set<List<String>> besideReceiver(int line, MethodNode method, String owner) {
        Origins origins = new Origins(owner);
        Frame<SourceValue>[] frames;
        try {
            frames = new Analyzer<>(origins).analyze(owner, method);
        } catch (AnalyzerException e) {
            return null;
        }
        Set<List<String>> types = new HashSet<>();
        int at = -1;
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof LineNumberNode number) {
                at = number.line;
            }
            if (at == line && frames[i] != null) {
                types.add(origins.besideReceiver(frames[i]));
            }
        }
        return types.isEmpty() ? null : Set.copyOf(types);
    }

    private List<String> besideReceiver(Frame<SourceValue> frame) {
        Set<Set<AbstractInsnNode>> values = new HashSet<>();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < frame.getLocals() + frame.getStackSize(); i++) {
            Set<AbstractInsnNode> value = value(frame, i).insns;
            Set<String> ofValue = new HashSet<>();
            value.forEach(origin -> addType(origin, ofValue));
            boolean again = value.size() == 1 && !values.add(value); // of two origins it may be the other object
            if (!again && !isReceiver(value(frame, i)) && !ofValue.isEmpty()) {
                types.add(ofValue.size() == 1 ? ofValue.iterator().next() : ANY);
            }
        }
        return types;
    }

    /** A value of a frame, variables first and then the stack. */
    static SourceValue value(Frame<SourceValue> frame, int at) {
        return at < frame.getLocals() ? frame.getLocal(at) : frame.getStack(at - frame.getLocals());
    }

    /** The variable that a method begins with, for what stands for it; else -1. */
    int parameter(AbstractInsnNode origin) {
        return parameters.getOrDefault(origin, -1);
    }

    /** Whether a value is what the method was called on. */
    boolean isReceiver(SourceValue value) {
        return value.insns.equals(Set.of(receiver));
    }

    /** What a value can be; its types are none if it can only be null. */
    LiveValue live(SourceValue value) {
        Set<String> types = new HashSet<>();
        Set<String> captured = new HashSet<>();
        Set<Integer> given = new HashSet<>();
        boolean isNeverNull = true;
        boolean isExact = true;
        boolean isMade = false;
        boolean isLambda = true;
        for (AbstractInsnNode origin : value.insns) {
            addType(origin, types);
            isExact &= isNew(origin);
            isLambda &= origin instanceof InvokeDynamicInsnNode;
            isNeverNull &= origin == receiver
                    || origin instanceof InvokeDynamicInsnNode
                    || origin instanceof LdcInsnNode
                    || origin instanceof LabelNode
                    || isNew(origin);
            if (origin instanceof InvokeDynamicInsnNode made) {
                captured.addAll(references(Type.getArgumentTypes(made.desc)));
            }
            for (AbstractInsnNode source : uncast(origin)) {
                isMade |= isNew(source) || Live.isCall(source);
                if (places.containsKey(source)) {
                    given.add(places.get(source));
                }
            }
        }
        return new LiveValue(
                Set.copyOf(types), isExact, isNeverNull, isMade, Set.copyOf(given), isLambda ? captured : null);
    }

    private static boolean isNew(AbstractInsnNode origin) {
        int opcode = origin.getOpcode();
        return opcode == Opcodes.NEW
                || opcode >= Opcodes.NEWARRAY && opcode <= Opcodes.ANEWARRAY
                || opcode == Opcodes.MULTIANEWARRAY;
    }

    private static List<String> references(Type[] types) {
        return Arrays.stream(types)
                .filter(type -> type.getSort() >= Type.ARRAY)
                .map(Type::getClassName)
                .toList();
    }

    /** Where what an instruction leaves comes from, if that casts it; else the instruction. */
    private Set<AbstractInsnNode> uncast(AbstractInsnNode origin) {
        Set<AbstractInsnNode> found = new HashSet<>();
        Set<AbstractInsnNode> seen = new HashSet<>();
        Deque<AbstractInsnNode> more = new ArrayDeque<>(List.of(origin));
        while (!more.isEmpty()) {
            AbstractInsnNode next = more.remove();
            if (!seen.add(next)) {
                continue;
            }
            Set<AbstractInsnNode> of = casts.get(next);
            if (of == null) {
                found.add(next);
            } else {
                more.addAll(of);
            }
        }
        return found;
    }

    /** Adds the type of what comes from somewhere, unless that is no reference, or null. */
    void addType(AbstractInsnNode origin, Set<String> types) {
        Type argument = arguments.get(origin);
        Type type = argument != null ? argument : typeOf(origin);
        if (type.getSort() >= Type.ARRAY) {
            types.add(type.getClassName());
        }
    }

    private static Type typeOf(AbstractInsnNode origin) {
        return switch (origin) {
            case FieldInsnNode field -> Type.getType(field.desc);
            case MethodInsnNode call -> Type.getReturnType(call.desc);
            case InvokeDynamicInsnNode made -> Type.getReturnType(made.desc);
            case TypeInsnNode made -> made(made);
            case LdcInsnNode constant -> constant.cst instanceof Number ? Type.INT_TYPE : Type.getType(Object.class);
            case LabelNode handler -> Type.getType(Throwable.class);
            default -> isNumber(origin.getOpcode()) ? Type.INT_TYPE : Type.getType(Object.class);
        };
    }

    private static Type made(TypeInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.NEW, Opcodes.CHECKCAST -> Type.getObjectType(instruction.desc);
            case Opcodes.INSTANCEOF -> Type.INT_TYPE;
            default -> Type.getType("[" + Type.getObjectType(instruction.desc).getDescriptor());
        };
    }

    /** Whether what an instruction leaves is a number, or null. */
    private static boolean isNumber(int opcode) {
        return opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.SIPUSH
                || opcode >= Opcodes.IADD && opcode <= Opcodes.DCMPG
                || opcode == Opcodes.ARRAYLENGTH;
    }
}
