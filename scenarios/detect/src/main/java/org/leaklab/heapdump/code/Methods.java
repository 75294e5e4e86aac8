package org.leaklab.heapdump.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stacks;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The methods of frames, as class files have them. A class file counts only if it declares the fields that the class
 * has in the dump, and the frame's method with the frame's line in it. Each is read once, within bounds.
 */
final class Methods implements AutoCloseable {

    private final Heap heap;
    private final ClassFiles files;
    private final Bounds bounds = new Bounds();
    private final Map<Method, Optional<MethodNode>> methods = new HashMap<>();
    private final Map<DumpClass, Optional<ClassFile>> shapes = new HashMap<>();

    /** A method of a class by its name and descriptor. */
    private record Method(DumpClass type, String name) {}

    Methods(Heap heap, Sources sources) {
        this.heap = heap;
        this.files = new ClassFiles(heap, sources);
    }

    /** The method of a frame with its code, or null if there is no class file that fits. */
    @Nullable
    MethodNode of(Stacks.Frame frame) {
        DumpClass type = heap.classById(frame.typeId());
        if (type == null) {
            return null;
        }
        MethodNode method = methods.computeIfAbsent(
                        new Method(type, frame.method() + frame.signature()), asked -> Optional.ofNullable(read(asked)))
                .orElse(null);
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

    /** What a class file says of its class without its methods, or null if there is none. */
    @Nullable
    ClassFile shape(DumpClass type) {
        Optional<ClassFile> known = shapes.get(type);
        if (known == null) {
            known = Optional.ofNullable(read(type, ""));
            shapes.put(type, known);
        }
        return known.orElse(null);
    }

    private @Nullable ClassFile read(DumpClass type, String method) {
        byte[] file = files.of(type);
        ClassFile read = file == null || !bounds.mayRead(file) ? null : ClassFile.read(file, method);
        List<String> inDump = heap.declaredFields(type).stream().sorted().toList();
        return read != null && read.fields.stream().sorted().toList().equals(inDump) ? read : null;
    }

    private @Nullable MethodNode read(Method wanted) {
        ClassFile read = read(wanted.type(), wanted.name());
        return read == null || read.method == null || !bounds.mayAnalyse(read.method) ? null : read.method;
    }

    @Override
    public void close() {
        files.close();
    }
}
