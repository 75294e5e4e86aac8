package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.process.Connection;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.testing.Eventually;

/** What is written to be loaded is removed: by who wrote it, or by the next one if that one was killed. */
class AgentFilesTest {

    @TempDir
    private Path place;

    /** A process that has written the files for a program, and waits to be killed. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            try (AgentFiles files = AgentFiles.write(Connection.to(Long.parseLong(arguments[0])), null)) {
                Files.writeString(Path.of(arguments[1]), files.agent().toString());
                Thread.sleep(Duration.ofMinutes(10));
            }
        }
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("leaklab-live-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theNextProbeRemovesWhatAKilledOneHasLeft() throws Exception {
        try (ChildJvm target = LiveTargets.target(List.of("-Djava.io.tmpdir=" + place), "root")) {
            Path written = place.resolve("written");
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            Long.toString(target.pid()),
                            written.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                Eventually.until(() -> Files.exists(written) || !writer.isAlive());
                assertThat(folders()).hasSize(1);
                List<String> left = folders();

                LiveTargets.probe(target);
                assertThat(folders()).as("while its process lives").isEqualTo(left);
            } finally {
                writer.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            LiveTargets.probe(target);
            assertThat(folders()).isEmpty();
        }
    }

    @Test
    void whatIsNotLeaklabsStays() throws IOException {
        Path other = Files.createDirectory(place.resolve("leaklab-live-other"));
        Path filled = Files.createDirectory(place.resolve("leaklab-live-1"));
        Files.createFile(filled.resolve(AgentFiles.LOCK));
        Files.createFile(filled.resolve("something"));
        Path link = Files.createSymbolicLink(place.resolve("leaklab-live-2"), filled);
        Path fresh = Files.createDirectory(place.resolve("leaklab-live-3"));
        Path old = Files.createDirectory(place.resolve("leaklab-live-4"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path abandoned = Files.createDirectory(place.resolve("leaklab-live-5"));
        Files.createFile(abandoned.resolve(AgentFiles.LOCK));
        Files.createFile(abandoned.resolve(AgentFiles.AGENT));

        AgentFiles.sweep(place);

        assertThat(other).exists();
        assertThat(filled.resolve("something")).exists();
        assertThat(link).exists();
        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
        assertThat(abandoned).doesNotExist();
    }
}
