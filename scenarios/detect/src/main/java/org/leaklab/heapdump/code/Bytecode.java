package org.leaklab.heapdump.code;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stacks;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * What class files say of the methods on stacks. A class file counts only if it declares the fields that the class has
 * in the dump, and the frame's method with the frame's line in it.
 */
public final class Bytecode implements AutoCloseable {

    /** Code that begins, parks and continues threads: it uses nothing but its own, and null where nothing is left. */
    private static final List<String> OF_THREADS = List.of(
            "java.lang.Thread",
            "java.lang.VirtualThread",
            "java.lang.System$",
            "java.util.concurrent.locks.LockSupport",
            "jdk.internal.vm.Continuation");

    private static final String ANYTHING = "java.lang.Object";

    private final Heap heap;
    private final Methods methods;
    private final Entered.Types types;
    private final Map<Stacks.Frame, Optional<Enters>> enters = new HashMap<>();
    private final Map<Stacks.Frame, Optional<List<Spot>>> entering = new HashMap<>();
    private final Map<Call, Optional<List<Spot>>> calling = new HashMap<>();
    private final Map<Call, List<Live.Use>> live = new HashMap<>();
    private final Map<Stacks.Frame, Optional<WaitCall>> waits = new HashMap<>();
    private final Map<Stacks.Frame, Optional<Set<List<String>>>> beside = new HashMap<>();

    private final Map<Stacks.Frame, Optional<Calls>> calls = new HashMap<>();

    /** Reads a field of the one object of a class that a frame shows. */
    @FunctionalInterface
    public interface FieldReader {

        /** The number in it, or null if the frame shows no such object, or several. */
        @Nullable
        Long read(int frame, String type, String field, String descriptor);
    }

    private record Call(Stacks.Frame frame, String called) {}

    /**
     * Of the classes of a dump.
     *
     * @param sources what may be opened
     */
    public Bytecode(Heap heap, Sources sources) {
        this.heap = heap;
        this.methods = new Methods(heap, sources);
        Variables variables = new Variables(heap);
        this.types = new Entered.Types() {

            @Override
            public boolean canBe(int object, String type) {
                DumpClass of = heap.isClass(object) ? null : heap.classOf(object);
                return variables.canBe(object, type) && (of == null || Bytecode.this.canBe(of, type));
            }

            @Override
            public boolean is(int object, String type) {
                return !heap.isClass(object) && heap.typeName(object).equals(type);
            }
        };
    }

    /** Which monitors the method of a frame can have entered, or null if neither a class file nor its name says so. */
    public @Nullable Enters enters(Stacks.Frame frame) {
        return once(enters, frame, this::readEnters);
    }

    private @Nullable Enters readEnters(Stacks.Frame frame) {
        MethodNode method = method(frame);
        return method == null ? Enters.byName(frame) : Enters.of(method);
    }

    /**
     * Which of the objects that a frame shows are monitors, if it is about to enter one, or null if that cannot be
     * told.
     *
     * @param shown what the frame shows, in the order of the dump
     */
    public @Nullable Entered entering(Stacks.Frame frame, int[] shown) {
        List<Spot> spots = once(entering, frame, asked -> readSpots(asked, null));
        return spots == null ? null : Entered.of(spots, shown, types);
    }

    /**
     * The same of a frame that calls a method.
     *
     * @param called the name of the method that it has called, or empty
     */
    public @Nullable Entered entered(Stacks.Frame frame, int[] shown, String called) {
        List<Spot> spots = once(calling, new Call(frame, called), asked -> readSpots(frame, called));
        return spots == null ? null : Entered.of(spots, shown, types);
    }

    private @Nullable List<Spot> readSpots(Stacks.Frame frame, @Nullable String called) {
        MethodNode method = method(frame);
        int line = frame.element().getLineNumber();
        return method == null || line < 0 ? null : Entered.spots(method, internalName(frame), line, called);
    }

    /**
     * The references that a frame still uses, a list for each instruction at which it may stand; none for code that
     * begins threads and lambdas. Null if that cannot be told: there is no class file, or the method is native.
     *
     * @param called the name of the method that it has called, or empty
     */
    public @Nullable Set<List<LiveValue>> live(Stacks.Frame frame, String called) {
        DumpClass type = heap.classById(frame.typeId());
        if (type != null && isLambda(type) || OF_THREADS.stream().anyMatch(frame.type()::startsWith)) {
            return Set.of(); // a lambda does nothing after its call
        }
        if (frame.element().isNativeMethod()) {
            return type == null || type.loaderId() != 0 ? null : Set.of(); // the JDK's own keeps nothing of others
        }
        MethodNode method = method(frame);
        if (method == null || (method.access & Opcodes.ACC_NATIVE) != 0) {
            return null;
        }
        List<Live.Use> uses = uses(frame, called);
        return uses.isEmpty() ? null : uses.stream().map(Live.Use::after).collect(Collectors.toSet());
    }

    /**
     * What a frame may have given to a method for one of its arguments, the object that it is called on being 0; none
     * if that cannot be told.
     */
    public Set<LiveValue> given(Stacks.Frame frame, String called, int argument) {
        return uses(frame, called).stream()
                .filter(use -> argument < use.given().size())
                .map(use -> use.given().get(argument))
                .collect(Collectors.toSet());
    }

    /**
     * What a frame is about to give to a static method, while the JVM still loads or initializes the class of this
     * method.
     *
     * @param called what the JVM has called by itself: a class initializer, or a method that loads a class
     */
    public Set<LiveValue> aboutToGive(Stacks.Frame frame, Stacks.Frame called) {
        return uses(frame, called.method()).stream()
                .filter(use -> !use.staticOwner().isEmpty() && isNeeded(use.staticOwner(), called))
                .flatMap(use -> use.given().stream())
                .filter(value -> !value.types().isEmpty())
                .collect(Collectors.toSet());
    }

    /** Whether the JVM may have called something because it needs a class. */
    private boolean isNeeded(String owner, Stacks.Frame called) {
        DumpClass type = heap.hasSeveral(owner) ? null : heap.classByName(owner);
        return type == null || called.method().equals("<clinit>") && type.is(called.type());
    }

    private List<Live.Use> uses(Stacks.Frame frame, String called) {
        return live.computeIfAbsent(new Call(frame, called), this::readUses);
    }

    private List<Live.Use> readUses(Call call) {
        MethodNode method = method(call.frame);
        return method == null
                ? List.of()
                : Live.at(method, internalName(call.frame), call.frame.element().getLineNumber(), call.called);
    }

    /** The types of the references that instances of a class have themselves, or null if there is no class file. */
    public @Nullable List<String> fieldTypes(DumpClass type) {
        ClassFile shape = methods.shape(type);
        return shape == null ? null : shape.fieldTypes;
    }

    /** Whether an instance of a class can be in a variable of a type, as far as is known. */
    public boolean canBe(DumpClass type, String declared) {
        if (declared.equals(ANYTHING) || type.is(declared)) {
            return true;
        }
        DumpClass wanted = heap.classByName(declared);
        if (wanted == null || type.isArray() || declared.endsWith("[]")) {
            return wanted == null || type.isArray() == declared.endsWith("[]");
        }
        return !wanted.isNoInterface() && mayImplement(type, declared, new HashSet<>());
    }

    private static boolean isLambda(DumpClass type) {
        return type.isHidden() && type.name().contains("$$Lambda");
    }

    /** Whether a lambda may be of an interface: one that declares several abstract methods has none. */
    private boolean mayBeFunctional(String name) {
        DumpClass type = heap.classByName(name);
        ClassFile shape = type == null || heap.hasSeveral(name) ? null : methods.shape(type);
        return shape == null || shape.abstractMethods <= 1;
    }

    private boolean mayImplement(@Nullable DumpClass type, String wanted, Set<DumpClass> seen) {
        for (DumpClass c = type; c != null && seen.add(c); c = c.superclass()) {
            if (c.name().equals(wanted)) {
                return true;
            }
            if (c.name().equals(ANYTHING)) {
                continue;
            }
            ClassFile shape = methods.shape(c);
            if (shape == null) {
                return !isLambda(c) || mayBeFunctional(wanted);
            }
            for (String one : shape.interfaces) {
                DumpClass found = heap.classByName(one);
                if (one.equals(wanted) || found == null || mayImplement(found, wanted, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the method of a frame says of its call of {@code Object.wait}, or null if that is not to be had. */
    public @Nullable WaitCall waits(Stacks.Frame frame) {
        return once(waits, frame, this::readWaits);
    }

    private @Nullable WaitCall readWaits(Stacks.Frame frame) {
        MethodNode method = method(frame);
        int line = frame.element().getLineNumber();
        return method == null || line < 0 ? null : WaitCall.on(line, method, internalName(frame));
    }

    /**
     * The types of what a frame can show besides what its method was called on, as {@link Origins#besideReceiver} has
     * them, or null if there is no class file to ask.
     */
    public @Nullable Set<List<String>> besideReceiver(Stacks.Frame frame) {
        return once(beside, frame, this::readBeside);
    }

    private @Nullable Set<List<String>> readBeside(Stacks.Frame frame) {
        MethodNode method = method(frame);
        int line = frame.element().getLineNumber();
        return method == null || line < 0 ? null : Origins.besideReceiver(line, method, internalName(frame));
    }

    /**
     * The limit that a frame's call waits for, or null if neither class files nor the dump say it.
     *
     * @param stack the frames, the innermost first
     * @param at the place of the frame, not 0
     * @param fields reads what frames of this stack show
     */
    public @Nullable Duration limit(List<Stacks.Frame> stack, int at, FieldReader fields) {
        return new TimeLimit(stack, frame -> once(calls, frame, this::readCalls), fields).of(at);
    }

    private @Nullable Calls readCalls(Stacks.Frame frame) {
        MethodNode method = method(frame);
        return method == null ? null : Calls.of(method, internalName(frame));
    }

    /**
     * The classes that must be initialized before a frame can go on, if it stands at an instruction that uses them;
     * empty if there is no class file to ask.
     */
    public Set<String> initializes(Stacks.Frame frame) {
        MethodNode method = method(frame);
        int line = frame.element().getLineNumber();
        return method == null || line < 0 ? Set.of() : InitializedAt.line(line, method, internalName(frame));
    }

    private static String internalName(Stacks.Frame frame) {
        return frame.type().replace('.', '/');
    }

    /** Asks once for each frame: threads share frames. */
    private static <K, T> @Nullable T once(Map<K, Optional<T>> known, K frame, Function<K, @Nullable T> read) {
        return known.computeIfAbsent(frame, asked -> Optional.ofNullable(read.apply(asked)))
                .orElse(null);
    }

    private @Nullable MethodNode method(Stacks.Frame frame) {
        return methods.of(frame);
    }

    @Override
    public void close() {
        methods.close();
    }
}
