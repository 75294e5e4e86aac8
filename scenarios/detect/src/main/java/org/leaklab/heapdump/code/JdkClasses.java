package org.leaklab.heapdump.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class files of the JDK that wrote a dump: of the first of some JDKs that is the very same build. The class
 * {@code java.lang.VersionProps} tells builds apart: the constants of its class file must be those of the dump.
 */
final class JdkClasses implements Closeable {

    private static final String BUILD = "java.lang.VersionProps";

    /** It declares about a dozen; those of another class are not to be taken for a build. */
    private static final int FEWEST_CONSTANTS = 6;

    private final @Nullable JdkImage image;
    private final Map<String, byte @Nullable []> read = new HashMap<>();

    JdkClasses(Heap heap, List<Path> homes) {
        image = isPatched(heap) ? null : first(heap, homes);
    }

    private static @Nullable JdkImage first(Heap heap, List<Path> homes) {
        for (Path home : homes) {
            try {
                JdkImage image = JdkImage.open(modules(home));
                if (isOf(heap, image.classFile(BUILD))) {
                    return image;
                }
                image.close();
            } catch (IOException e) {
                // not this one
            }
        }
        return null;
    }

    /** The file that has the classes of a JDK. */
    static Path modules(Path home) {
        return home.resolve("lib").resolve("modules");
    }

    /** Whether the JVM was told to take some classes of modules from elsewhere. */
    private static boolean isPatched(Heap heap) {
        Fields fields = new Fields(heap);
        DumpClass bootstrap = heap.classByName("jdk.internal.module.ModuleBootstrap");
        int patcher = bootstrap == null ? -1 : fields.staticReference(bootstrap, "patcher");
        int patches = patcher < 0 ? -1 : fields.reference(patcher, "map");
        return patches >= 0 && fields.number(patches, "size", 1) > 0;
    }

    private static boolean isOf(Heap heap, byte @Nullable [] build) {
        DumpClass inDump = heap.classByName(BUILD);
        if (inDump == null || build == null) {
            return false;
        }
        Fields fields = new Fields(heap);
        int[] same = {0};
        int[] other = {0};
        boolean read = ClassFile.accept(
                build,
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access, String name, String type, @Nullable String signature, @Nullable Object value) {
                        if (value instanceof String constant) {
                            int text = fields.staticReference(inDump, name);
                            boolean equal = text >= 0 && constant.equals(fields.string(text));
                            (equal ? same : other)[0]++;
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        return read && other[0] == 0 && same[0] >= FEWEST_CONSTANTS;
    }

    /** The class file of a class of the JDK, or null. */
    byte @Nullable [] of(String name) {
        return image == null ? null : read.computeIfAbsent(name, asked -> read(image, asked));
    }

    private static byte @Nullable [] read(JdkImage image, String name) {
        try {
            return image.classFile(name);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (image != null) {
            image.close();
        }
    }
}
