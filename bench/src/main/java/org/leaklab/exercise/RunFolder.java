package org.leaklab.exercise;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder inside the learner's that holds class files and the result while a child runs, and is deleted then. */
record RunFolder(Path path) implements AutoCloseable {

    static RunFolder in(Path folder) throws IOException {
        return new RunFolder(Files.createTempDirectory(folder, ".leaklab-run-").toAbsolutePath());
    }

    /** Writes class files, and deletes the result of an earlier child. */
    void classes(Map<String, byte[]> classes) throws IOException {
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = path.resolve("classes").resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
    }

    /** Forgets the result of a child, before the next one. */
    void forgetResult() throws IOException {
        Files.deleteIfExists(path.resolve("result"));
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
