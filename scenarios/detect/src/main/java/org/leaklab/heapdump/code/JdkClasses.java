package org.leaklab.heapdump.code;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;

/**
 * The class files of the JDK that wrote a dump, if it is the very build that runs the analysis. Another JDK's files are
 * not opened: a dump may come from anywhere, and to read that format takes code of that JDK.
 */
final class JdkClasses {

    private final @Nullable FileSystem modules;
    private final Map<String, byte @Nullable []> read = new HashMap<>();

    JdkClasses(Heap heap) {
        DumpClass type = heap.classByName("java.lang.VersionProps");
        Fields fields = new Fields(heap);
        int text = type == null ? -1 : fields.staticReference(type, "java_runtime_version");
        String build = text < 0 ? null : fields.string(text);
        modules = build != null && build.equals(System.getProperty("java.runtime.version")) ? own() : null;
    }

    private static @Nullable FileSystem own() {
        try {
            return FileSystems.getFileSystem(URI.create("jrt:/"));
        } catch (FileSystemNotFoundException | ProviderNotFoundException e) { // an exploded build of the JDK
            return null;
        }
    }

    /** The class file of a class of the boot loader, or null. */
    byte @Nullable [] of(String name) {
        return modules == null ? null : read.computeIfAbsent(name, asked -> read(modules, asked));
    }

    private static byte @Nullable [] read(FileSystem modules, String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        try (DirectoryStream<Path> of =
                Files.newDirectoryStream(modules.getPath("/packages", name.substring(0, dot)))) {
            for (Path module : of) {
                Path file =
                        modules.getPath("/modules", module.getFileName().toString(), name.replace('.', '/') + ".class");
                if (Files.isRegularFile(file)) {
                    return Files.readAllBytes(file);
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }
}
