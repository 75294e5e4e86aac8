package org.leaklab.heapdump.code;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** The limit that a call waits for, where the method gives it a constant. */
final class TimeLimit {

    private static final String UNIT = "java/util/concurrent/TimeUnit";
    private static final String DURATION = "java/time/Duration";
    private static final Set<String> MILLISECONDS = Set.of("sleep", "join", "wait");
    private static final Set<String> NANOSECONDS = Set.of("parkNanos", "awaitNanos");

    private final MethodNode method;
    private final Frame<SourceValue>[] frames;

    private TimeLimit(MethodNode method, Frame<SourceValue>[] frames) {
        this.method = method;
        this.frames = frames;
    }

    /** The limit of the call of a method on a line, the least of several, or null if one of them is no constant. */
    static @Nullable Duration on(int line, MethodNode method, String owner, String called) {
        TimeLimit limits;
        try {
            limits = new TimeLimit(method, new Analyzer<>(new Origins(owner)).analyze(owner, method));
        } catch (AnalyzerException e) {
            return null;
        }
        Duration least = null;
        int at = -1;
        for (int i = 0; i < method.instructions.size(); i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            if (instruction instanceof LineNumberNode number) {
                at = number.line;
            } else if (at == line && instruction instanceof MethodInsnNode call && call.name.equals(called)) {
                Duration limit = limits.of(call);
                if (limit == null) {
                    return null;
                }
                least = least == null || limit.compareTo(least) < 0 ? limit : least;
            }
        }
        return least;
    }

    private @Nullable Duration of(MethodInsnNode call) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        Long number = null;
        TimeUnit unit = MILLISECONDS.contains(call.name)
                ? TimeUnit.MILLISECONDS
                : NANOSECONDS.contains(call.name) ? TimeUnit.NANOSECONDS : null;
        for (int i = 0; i < arguments.length; i++) {
            AbstractInsnNode from = argument(call, i);
            if (arguments[i].getSort() == Type.LONG) {
                number = number(from);
            } else if (arguments[i].getInternalName().equals(UNIT)) {
                unit = unit(from);
            } else if (arguments[i].getInternalName().equals(DURATION)) {
                return duration(from);
            }
        }
        return number == null || unit == null || number < 0 ? null : Duration.of(number, unit.toChronoUnit());
    }

    /** Where an argument of a call comes from, or null if that is not one instruction. */
    private @Nullable AbstractInsnNode argument(MethodInsnNode call, int index) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(call)];
        if (frame == null) {
            return null;
        }
        int first = frame.getStackSize() - Type.getArgumentCount(call.desc);
        SourceValue value = frame.getStack(first + index);
        return value.insns.size() == 1 ? value.insns.iterator().next() : null;
    }

    private @Nullable Long number(@Nullable AbstractInsnNode from) {
        if (from instanceof LdcInsnNode constant && constant.cst instanceof Long number) {
            return number;
        }
        if (from != null && (from.getOpcode() == Opcodes.LCONST_0 || from.getOpcode() == Opcodes.LCONST_1)) {
            return from.getOpcode() == Opcodes.LCONST_0 ? 0L : 1L;
        }
        boolean converts = from instanceof MethodInsnNode call
                && call.owner.equals(UNIT)
                && call.desc.equals("(J)J")
                && call.name.startsWith("to");
        return converts ? converted((MethodInsnNode) from) : null;
    }

    private @Nullable Long converted(MethodInsnNode call) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(call)];
        Long number = number(argument(call, 0));
        if (frame == null || number == null) {
            return null;
        }
        SourceValue object = frame.getStack(frame.getStackSize() - 2);
        TimeUnit unit = object.insns.size() == 1 ? unit(object.insns.iterator().next()) : null;
        if (unit == null) {
            return null;
        }
        return switch (call.name) {
            case "toNanos" -> unit.toNanos(number);
            case "toMicros" -> unit.toMicros(number);
            case "toMillis" -> unit.toMillis(number);
            case "toSeconds" -> unit.toSeconds(number);
            default -> null;
        };
    }

    private static @Nullable TimeUnit unit(@Nullable AbstractInsnNode from) {
        if (from instanceof FieldInsnNode field && field.owner.equals(UNIT)) {
            for (TimeUnit unit : TimeUnit.values()) {
                if (unit.name().equals(field.name)) {
                    return unit;
                }
            }
        }
        return null;
    }

    private @Nullable Duration duration(@Nullable AbstractInsnNode from) {
        if (!(from instanceof MethodInsnNode call) || !call.owner.equals(DURATION) || !call.desc.startsWith("(J)")) {
            return null;
        }
        Long number = number(argument(call, 0));
        if (number == null) {
            return null;
        }
        try {
            return switch (call.name) {
                case "ofDays" -> Duration.ofDays(number);
                case "ofHours" -> Duration.ofHours(number);
                case "ofMinutes" -> Duration.ofMinutes(number);
                case "ofSeconds" -> Duration.ofSeconds(number);
                case "ofMillis" -> Duration.ofMillis(number);
                case "ofNanos" -> Duration.ofNanos(number);
                default -> null;
            };
        } catch (ArithmeticException e) { // more than any duration, so the program does not get here
            return null;
        }
    }
}
