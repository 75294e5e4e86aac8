package org.leaklab.heapdump.code;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode.FieldReader;
import org.leaklab.heapdump.hprof.Stacks;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The limit that a call waits for, as far as class files and the dump say it: a constant, a field of an object on the
 * stack, or an argument that the caller made of these. What is taken off a limit, for the time that has passed, makes
 * it no longer.
 */
final class TimeLimit {

    private static final String UNIT = "java/util/concurrent/TimeUnit";
    private static final String DURATION = "java/time/Duration";
    private static final Set<String> MILLISECONDS = Set.of("sleep", "join", "wait");
    private static final Set<String> NANOSECONDS = Set.of("parkNanos", "awaitNanos");
    private static final int DEEPEST = 8;

    private final List<Stacks.Frame> stack;
    private final Function<Stacks.Frame, @Nullable Calls> calls;
    private final FieldReader fields;

    /** What is being evaluated, so that a loop ends. */
    private final Set<AbstractInsnNode> open = new HashSet<>();

    /**
     * Of a stack.
     *
     * @param calls the method of a frame, or null if there is no class file
     * @param fields reads the objects that frames show
     */
    TimeLimit(List<Stacks.Frame> stack, Function<Stacks.Frame, @Nullable Calls> calls, FieldReader fields) {
        this.stack = stack;
        this.calls = calls;
        this.fields = fields;
    }

    /** Where a value of a frame comes from: the instruction, and the method that it is in. */
    private record Source(int frame, Calls method, AbstractInsnNode instruction) {}

    /** The limit of the call that a frame has made, the least of several on its line, or null if it is not seen. */
    @Nullable
    Duration of(int frame) {
        Calls method = frame == 0 ? null : calls.apply(stack.get(frame));
        if (method == null) {
            return null;
        }
        Duration least = null;
        for (MethodInsnNode call : method.on(line(frame), stack.get(frame - 1).method())) {
            Duration limit = limit(frame, method, call);
            if (limit == null) {
                return null;
            }
            least = least == null || limit.compareTo(least) < 0 ? limit : least;
        }
        return least;
    }

    private int line(int frame) {
        return stack.get(frame).element().getLineNumber();
    }

    private @Nullable Duration limit(int frame, Calls method, MethodInsnNode call) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        Long number = null;
        TimeUnit unit = MILLISECONDS.contains(call.name)
                ? TimeUnit.MILLISECONDS
                : NANOSECONDS.contains(call.name) ? TimeUnit.NANOSECONDS : null;
        for (int i = 0; i < arguments.length; i++) {
            Set<AbstractInsnNode> from = method.argument(call, i);
            if (arguments[i].getSort() == Type.LONG) {
                number = number(frame, method, from);
            } else if (arguments[i].getInternalName().equals(UNIT)) {
                unit = unit(frame, method, from);
            } else if (arguments[i].getInternalName().equals(DURATION)) {
                return duration(frame, method, from);
            }
        }
        return number == null || unit == null || number < 0 ? null : Duration.of(number, unit.toChronoUnit());
    }

    /** A number, the least of those that it may be; null if one of them is not seen. */
    private @Nullable Long number(int frame, Calls method, Set<AbstractInsnNode> from) {
        Long least = null;
        for (AbstractInsnNode origin : from) {
            if (!open.add(origin)) {
                continue; // what is left of itself, in a loop
            }
            Long number = number(new Source(frame, method, origin));
            open.remove(origin);
            if (number == null) {
                return null;
            }
            least = least == null ? number : Long.min(least, number);
        }
        return least;
    }

    private @Nullable Long number(Source at) {
        Long constant = Calls.constant(at.instruction());
        if (constant != null) {
            return constant;
        }
        int parameter = at.method().parameter(at.instruction());
        if (parameter >= 0) {
            Source passed = caller(at.frame());
            return passed == null
                    ? null
                    : number(
                            passed.frame(),
                            passed.method(),
                            passed.method().argument((MethodInsnNode) passed.instruction(), parameter));
        }
        return switch (at.instruction().getOpcode()) {
            case Opcodes.LSUB -> number(at.frame(), at.method(), at.method().operand(at.instruction(), 2));
            case Opcodes.I2L -> number(at.frame(), at.method(), at.method().operand(at.instruction(), 1));
            case Opcodes.GETFIELD -> {
                FieldInsnNode field = (FieldInsnNode) at.instruction();
                yield fields.read(at.frame(), field.owner.replace('/', '.'), field.name, field.desc);
            }
            case Opcodes.INVOKEVIRTUAL -> converted(at, (MethodInsnNode) at.instruction());
            default -> null;
        };
    }

    /** What {@code TimeUnit.toNanos} and its like make of a number. */
    private @Nullable Long converted(Source at, MethodInsnNode call) {
        if (!call.owner.equals(UNIT) || !call.desc.equals("(J)J")) {
            return null;
        }
        Long number = number(at.frame(), at.method(), at.method().argument(call, 0));
        TimeUnit unit = unit(at.frame(), at.method(), at.method().operand(call, 2));
        if (unit == null || number == null) {
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

    private @Nullable TimeUnit unit(int frame, Calls method, Set<AbstractInsnNode> from) {
        if (from.size() != 1) {
            return null;
        }
        AbstractInsnNode origin = from.iterator().next();
        if (origin instanceof FieldInsnNode field && field.owner.equals(UNIT)) {
            for (TimeUnit unit : TimeUnit.values()) {
                if (unit.name().equals(field.name)) {
                    return unit;
                }
            }
        }
        int parameter = method.parameter(origin);
        Source passed = parameter < 0 ? null : caller(frame);
        return passed == null
                ? null
                : unit(
                        passed.frame(),
                        passed.method(),
                        passed.method().argument((MethodInsnNode) passed.instruction(), parameter));
    }

    private @Nullable Duration duration(int frame, Calls method, Set<AbstractInsnNode> from) {
        AbstractInsnNode origin = from.size() == 1 ? from.iterator().next() : null;
        if (!(origin instanceof MethodInsnNode call) || !call.owner.equals(DURATION) || !call.desc.startsWith("(J)L")) {
            return null;
        }
        Long number = number(frame, method, method.argument(call, 0));
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

    /** The call of a frame's method in the frame below it, or null if that is not one call. */
    private @Nullable Source caller(int frame) {
        int below = frame + 1;
        Calls method = below >= stack.size() || open.size() > DEEPEST ? null : calls.apply(stack.get(below));
        if (method == null) {
            return null;
        }
        List<MethodInsnNode> found = method.on(line(below), stack.get(frame).method()).stream()
                .filter(call -> call.desc.equals(stack.get(frame).signature()))
                .toList();
        return found.size() == 1 ? new Source(below, method, found.getFirst()) : null;
    }
}
