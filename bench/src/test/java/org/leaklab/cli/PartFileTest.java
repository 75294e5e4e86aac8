package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is there when it is complete; else nothing is left of it. */
@Tag("once")
class PartFileTest {

    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path directory;

    /** Begins to write a file and goes on until it is ended. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws Exception {
            try (PartFile part = new PartFile(Path.of(args[0]))) {
                Files.writeString(part.path(), "half");
                System.out.println("ready");
                while (System.in.read() >= 0) {
                    // until a signal comes
                }
            }
        }
    }

    private static Stream<String> names(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void takesItsNameWhenItIsComplete() throws Exception {
        Path file = Files.writeString(directory.resolve("leaks.json"), "old");
        try (PartFile part = new PartFile(file)) {
            Files.writeString(part.path(), "new");
            assertThat(file).hasContent("old");
            part.complete();
        }
        assertThat(file).hasContent("new");
        assertThat(names(directory)).containsExactly("leaks.json");
    }

    @Test
    void isRemovedIfItIsNot() throws Exception {
        Path file = directory.resolve("leaks.json");
        new PartFile(file).close();
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void isRemovedBySignals() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.resolve("leaks.json").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("ready");
            assertThat(names(directory)).singleElement().asString().endsWith(".part");
            writer.destroy(); // SIGTERM
            assertThat(writer.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            writer.destroyForcibly();
        }
        assertThat(names(directory)).isEmpty();
    }
}
