package org.leaklab.heapdump.code;

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
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
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

    private final Heap heap;
    private final ClassFiles classFiles;
    private final Bounds bounds = new Bounds();
    private final Map<DumpClass, Optional<ClassFile>> files = new HashMap<>();
    private final Map<Method, Optional<MethodNode>> methods = new HashMap<>();
    private final Map<Stacks.Frame, Optional<Enters>> enters = new HashMap<>();
    private final Map<Call, Integer> live = new HashMap<>();
    private final Map<Stacks.Frame, Optional<WaitCall>> waits = new HashMap<>();
    private final Map<Stacks.Frame, Optional<Set<List<String>>>> beside = new HashMap<>();

    /** A method of a class by its name and descriptor. */
    private record Method(DumpClass type, String name) {}

    private record Call(Stacks.Frame frame, String called) {}

    /**
     * Of the classes of a dump.
     *
     * @param sources what may be opened
     */
    public Bytecode(Heap heap, Sources sources) {
        this.heap = heap;
        this.classFiles = new ClassFiles(heap, sources);
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

    private static String internalName(Stacks.Frame frame) {
        return frame.type().replace('.', '/');
    }

    /** Asks once for each key: threads share frames, and frames share methods. */
    private static <K, T> @Nullable T once(Map<K, Optional<T>> known, K key, Function<K, @Nullable T> read) {
        Optional<T> found = known.get(key);
        if (found == null) {
            found = Optional.ofNullable(read.apply(key));
            known.put(key, found);
        }
        return found.orElse(null);
    }

    private @Nullable MethodNode method(Stacks.Frame frame) {
        DumpClass type = heap.classById(frame.typeId());
        if (type == null) {
            return null;
        }
        MethodNode method = once(methods, new Method(type, frame.method() + frame.signature()), this::read);
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

    private @Nullable MethodNode read(Method wanted) {
        byte[] bytes = file(wanted.type()) == null ? null : bytes(wanted.type());
        ClassFile read = bytes == null ? null : ClassFile.read(bytes, wanted.name());
        return read != null && read.method != null && bounds.mayAnalyse(read.method) ? read.method : null;
    }

    /** The class file of a class without its methods; null if it is not at hand, or of another class. */
    private @Nullable ClassFile file(DumpClass type) {
        return once(files, type, this::readFile);
    }

    private @Nullable ClassFile readFile(DumpClass type) {
        byte[] bytes = bytes(type);
        ClassFile read = bytes == null ? null : ClassFile.read(bytes);
        List<String> inDump = heap.declaredFields(type).stream().sorted().toList();
        return read != null && read.fields.stream().sorted().toList().equals(inDump) ? read : null;
    }

    private byte @Nullable [] bytes(DumpClass type) {
        byte[] bytes = classFiles.of(type);
        return bytes != null && bounds.mayRead(bytes) ? bytes : null;
    }

    @Override
    public void close() {
        classFiles.close();
    }
}
