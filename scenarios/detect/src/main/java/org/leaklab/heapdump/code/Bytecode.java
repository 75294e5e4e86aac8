package org.leaklab.heapdump.code;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stacks;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What class files say of the methods on stacks. A class file counts only if it declares the fields that the class has
 * in the dump, and the frame's method with the frame's line in it.
 */
public final class Bytecode implements AutoCloseable {

    /** A version that ASM reads whatever its own age is; later ones have had nothing new that is asked for here. */
    private static final int VERSION = Opcodes.V21;

    /** Code that begins, parks and continues threads: it uses nothing but its own, and null where nothing is left. */
    private static final List<String> OF_THREADS = List.of(
            "java.lang.Thread",
            "java.lang.VirtualThread",
            "java.lang.System$",
            "java.util.concurrent.locks.LockSupport",
            "jdk.internal.vm.Continuation");

    private static final int VERSION_AT = 7;

    private final Heap heap;
    private final ClassFiles files;
    private final Map<DumpClass, Map<String, MethodNode>> methods = new HashMap<>();
    private final Map<Stacks.Frame, Optional<Enters>> enters = new HashMap<>();
    private final Map<Call, Integer> live = new HashMap<>();
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

    /** Of the classes of a dump. */
    public Bytecode(Heap heap) {
        this.heap = heap;
        this.files = new ClassFiles(heap);
    }

    /** Which monitors the method of a frame can have entered, or null if neither a class file nor its name says so. */
    public @Nullable Enters enters(Stacks.Frame frame) {
        return once(enters, frame, this::readEnters);
    }

    private @Nullable Enters readEnters(Stacks.Frame frame) {
        MethodNode method = method(frame);
        if (method == null) {
            return Enters.byName(frame);
        }
        if ((method.access & Opcodes.ACC_NATIVE) != 0) { // native code may enter what it likes
            return null;
        }
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            return (method.access & Opcodes.ACC_STATIC) != 0 ? Enters.OF_CLASS : Enters.OF_RECEIVER;
        }
        Enters found = Enters.NONE;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                if (!isOfAVariable(instruction)) {
                    return null;
                }
                found = Enters.OF_BLOCKS;
            }
        }
        return found;
    }

    /** Whether what is entered was just put into a variable or taken from one, as compilers do to leave it later. */
    private static boolean isOfAVariable(AbstractInsnNode monitorenter) {
        AbstractInsnNode before = monitorenter.getPrevious();
        while (before != null && before.getOpcode() < 0) { // a label or a line
            before = before.getPrevious();
        }
        return before != null && (before.getOpcode() == Opcodes.ASTORE || before.getOpcode() == Opcodes.ALOAD);
    }

    /**
     * Which of the objects that a frame shows are monitors, or null if that cannot be told.
     *
     * @param shown what the frame shows, in the order of the dump
     * @param enters whether the frame is about to enter a monitor; else it calls a method
     */
    public @Nullable Entered entered(Stacks.Frame frame, int[] shown, boolean enters) {
        MethodNode method = method(frame);
        int line = frame.element().getLineNumber();
        return method == null || line < 0 ? null : Entered.of(method, internalName(frame), line, shown, enters);
    }

    /**
     * Whether a frame may use an object that it does not show: compiled code may have taken it apart. So does a frame
     * whose class file is not at hand, and one of native code that is not the JDK's.
     *
     * @param shown how many objects the frame shows
     * @param called the name of the method that it has called, or empty
     */
    public boolean mayHide(Stacks.Frame frame, int shown, String called) {
        if (frame.type().contains("$$Lambda")) { // it does nothing after its call
            return false;
        }
        if (OF_THREADS.stream().anyMatch(frame.type()::startsWith)) {
            return false;
        }
        MethodNode method = method(frame);
        if (method == null) {
            return true;
        }
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            DumpClass type = heap.classById(frame.typeId());
            return type == null || type.loaderId() != 0;
        }
        return live.computeIfAbsent(
                        new Call(frame, called),
                        asked -> Live.references(
                                method, internalName(frame), frame.element().getLineNumber(), called))
                > shown;
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

    /** The names of the classes that a frame's line needs to be initialized; none if there is no class file to ask. */
    public Set<String> initializes(Stacks.Frame frame) {
        MethodNode method = method(frame);
        int line = frame.element().getLineNumber();
        return method == null || line < 0 ? Set.of() : Initializes.on(line, method);
    }

    private static String internalName(Stacks.Frame frame) {
        return frame.type().replace('.', '/');
    }

    /** Asks once for each frame: threads share frames. */
    private static <T> @Nullable T once(
            Map<Stacks.Frame, Optional<T>> known, Stacks.Frame frame, Function<Stacks.Frame, @Nullable T> read) {
        return known.computeIfAbsent(frame, asked -> Optional.ofNullable(read.apply(asked)))
                .orElse(null);
    }

    private @Nullable MethodNode method(Stacks.Frame frame) {
        DumpClass type = heap.classById(frame.typeId());
        if (type == null) {
            return null;
        }
        MethodNode method = methods.computeIfAbsent(type, this::read).get(frame.method() + frame.signature());
        return method != null && hasLine(method, frame.element().getLineNumber()) ? method : null;
    }

    private static boolean hasLine(MethodNode method, int line) {
        boolean none = true;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                none = false;
                if (number.line == line) {
                    return true;
                }
            }
        }
        return none || line < 0;
    }

    private Map<String, MethodNode> read(DumpClass type) {
        byte[] file = files.of(type);
        if (file == null || file.length <= VERSION_AT) {
            return Map.of();
        }
        file[VERSION_AT] = (byte) Math.min(file[VERSION_AT] & 0xff, VERSION);
        ClassNode found = new ClassNode();
        try {
            new ClassReader(file).accept(found, ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) { // no class file
            return Map.of();
        }
        List<String> inDump = heap.declaredFields(type).stream().sorted().toList();
        List<String> inFile = found.fields.stream()
                .filter(field -> (field.access & Opcodes.ACC_STATIC) == 0)
                .map(field -> field.name)
                .sorted()
                .toList();
        Map<String, MethodNode> read = new HashMap<>();
        if (inFile.equals(inDump)) {
            found.methods.forEach(method -> read.put(method.name + method.desc, method));
        }
        return read;
    }

    @Override
    public void close() {
        files.close();
    }
}
