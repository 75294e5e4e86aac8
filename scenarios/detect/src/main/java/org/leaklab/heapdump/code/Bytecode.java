package org.leaklab.heapdump.code;

import java.util.HashMap;
import java.util.HashSet;
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
import org.objectweb.asm.Type;
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

    private static final String ANYTHING = "java.lang.Object";
    private static final int VERSION_AT = 7;

    private final Heap heap;
    private final ClassFiles files;
    private final Map<DumpClass, Contents> contents = new HashMap<>();
    private final Map<Stacks.Frame, Optional<Enters>> enters = new HashMap<>();
    private final Map<Call, Optional<Live.AtCall>> live = new HashMap<>();
    private final Map<Stacks.Frame, Optional<WaitCall>> waits = new HashMap<>();
    private final Map<Stacks.Frame, Optional<Set<List<String>>>> beside = new HashMap<>();

    private record Call(Stacks.Frame frame, String called) {}

    /** What a class file says of its class; the lists are null if there is none. */
    private record Contents(
            Map<String, MethodNode> methods,
            @Nullable List<String> fieldTypes,
            @Nullable List<String> interfaces) {

        static final Contents UNKNOWN = new Contents(Map.of(), null, null);
    }

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
     * The references that a frame still uses; none for code that begins threads and lambdas. Null if that cannot be
     * told: there is no class file, or the method is native.
     *
     * @param called the name of the method that it has called, or empty
     */
    public @Nullable List<LiveValue> live(Stacks.Frame frame, String called) {
        if (frame.type().contains("$$Lambda") || OF_THREADS.stream().anyMatch(frame.type()::startsWith)) {
            return List.of(); // a lambda does nothing after its call
        }
        MethodNode method = method(frame);
        if (method == null) {
            return null;
        }
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            DumpClass type = heap.classById(frame.typeId());
            return type == null || type.loaderId() != 0 ? null : List.of(); // the JDK's own keeps nothing of others
        }
        Live.AtCall call = atCall(frame, called);
        return call == null ? List.of() : call.after();
    }

    /**
     * What a frame has called a method with, in the order of its arguments, what it is called on first; null if that
     * cannot be told.
     */
    public @Nullable List<LiveValue> given(Stacks.Frame frame, String called) {
        Live.AtCall call = atCall(frame, called);
        return call == null ? null : call.given();
    }

    private Live.@Nullable AtCall atCall(Stacks.Frame frame, String called) {
        return live.computeIfAbsent(new Call(frame, called), asked -> Optional.ofNullable(readCall(asked)))
                .orElse(null);
    }

    private Live.@Nullable AtCall readCall(Call call) {
        MethodNode method = method(call.frame);
        return method == null
                ? null
                : Live.at(method, internalName(call.frame), call.frame.element().getLineNumber(), call.called);
    }

    /** The types of the references that instances of a class have themselves, or null if there is no class file. */
    public @Nullable List<String> fieldTypes(DumpClass type) {
        return file(type).fieldTypes();
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

    private boolean mayImplement(@Nullable DumpClass type, String wanted, Set<DumpClass> seen) {
        for (DumpClass c = type; c != null && seen.add(c); c = c.superclass()) {
            if (c.name().equals(wanted)) {
                return true;
            }
            if (c.name().equals(ANYTHING)) {
                continue;
            }
            List<String> interfaces = file(c).interfaces();
            if (interfaces == null) {
                return true;
            }
            for (String one : interfaces) {
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
        MethodNode method = file(type).methods().get(frame.method() + frame.signature());
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

    private Contents file(DumpClass type) {
        Contents known = contents.get(type);
        if (known == null) {
            known = read(type);
            contents.put(type, known);
        }
        return known;
    }

    private Contents read(DumpClass type) {
        byte[] file = files.of(type);
        if (file == null || file.length <= VERSION_AT) {
            return Contents.UNKNOWN;
        }
        file[VERSION_AT] = (byte) Math.min(file[VERSION_AT] & 0xff, VERSION);
        ClassNode found = new ClassNode();
        try {
            new ClassReader(file).accept(found, ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) { // no class file
            return Contents.UNKNOWN;
        }
        List<String> inDump = heap.declaredFields(type).stream().sorted().toList();
        List<String> inFile = found.fields.stream()
                .filter(field -> (field.access & Opcodes.ACC_STATIC) == 0)
                .map(field -> field.name)
                .sorted()
                .toList();
        if (!inFile.equals(inDump)) {
            return Contents.UNKNOWN;
        }
        Map<String, MethodNode> methods = new HashMap<>();
        found.methods.forEach(method -> methods.put(method.name + method.desc, method));
        return new Contents(
                methods,
                found.fields.stream()
                        .filter(field -> (field.access & Opcodes.ACC_STATIC) == 0)
                        .map(field -> Type.getType(field.desc))
                        .filter(of -> of.getSort() >= Type.ARRAY)
                        .map(Type::getClassName)
                        .toList(),
                found.interfaces.stream().map(name -> name.replace('/', '.')).toList());
    }

    @Override
    public void close() {
        files.close();
    }
}
