package org.leaklab.exercise;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A folder inside the learner's that holds class files and the result while a child runs, and is deleted then. */
final class RunFolder implements AutoCloseable {

    private static final int TRIES = 20;
    private static final long BETWEEN_MILLIS = 50;

    private final Path path;

    /** For a Ctrl-C in the middle. */
    private final Thread hook;

    private RunFolder(Path path) {
        this.path = path;
        this.hook = new Thread(this::deleteAtEnd, "leaklab-removes-run");
    }

    static RunFolder in(Path folder) throws IOException {
        RunFolder made =
                new RunFolder(Files.createTempDirectory(folder, ".leaklab-run-").toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(made.hook);
        return made;
    }

    Path path() {
        return path;
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
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this JVM is ending, and the hook runs
        }
    }

    /** The child, which ends as well, may still write: then it is tried again. */
    private void deleteAtEnd() {
        for (int tries = 0; tries < TRIES && Files.exists(path); tries++) {
            try {
                delete();
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_MILLIS));
            }
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) {
                return FileVisitResult.CONTINUE; // it is gone
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
