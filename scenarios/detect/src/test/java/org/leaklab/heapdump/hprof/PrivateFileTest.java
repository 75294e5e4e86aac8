package org.leaklab.heapdump.hprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.heapdump.testing.Signals;
import org.leaklab.testing.Eventually;

@Tag("once")
class PrivateFileTest {

    @TempDir
    private Path place;

    /** Makes a file and keeps it until its input ends. */
    public static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            Path file = PrivateFile.create(Path.of(arguments[0]));
            Files.writeString(file, "a dump");
            Files.writeString(file.resolveSibling("heap.hprof.p0"), "a piece of one");
            System.out.println("ready");
            while (System.in.read() >= 0) {}
        }
    }

    private long count() throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.count();
        }
    }

    @Test
    void removesItsFilesAndDirectories() throws IOException {
        Path file = PrivateFile.create(place);
        Files.writeString(file, "a dump");
        Files.writeString(file.resolveSibling("threads.json"), "{}");
        PrivateFile.delete(file);
        assertThat(count()).isZero();
        PrivateFile.delete(file);
    }

    @Test
    void removesThemWhenTheJvmIsEnded() throws Exception {
        for (String signal : Signals.ending()) {
            try (ChildJvm child = ChildJvm.start(List.of(), Holder.class, place.toString())) {
                assertThat(count()).isEqualTo(1);
                new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                        .start()
                        .waitFor();
                Eventually.until(() -> ProcessHandle.of(child.pid()).isEmpty());
            }
            assertThat(count()).as(signal).isZero();
        }
    }

    @Test
    void sweepsWhatAKilledProcessLeftAndNothingElse() throws Exception {
        Path other = Files.createDirectories(place.resolve("leaklab-detect-1-precious/out"));
        Files.writeString(other.resolve("heap.hprof"), "not locked, but nobody's either");
        try (ChildJvm alive = ChildJvm.start(List.of(), Holder.class, place.toString());
                ChildJvm killed = ChildJvm.start(List.of(), Holder.class, place.toString())) {
            assertThat(count()).isEqualTo(3);
            ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
            Eventually.until(() -> ProcessHandle.of(killed.pid()).isEmpty());
            assertThat(count()).isEqualTo(3);
            PrivateFile.delete(PrivateFile.create(place));
            try (Stream<Path> files = Files.list(place)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .hasSize(2)
                        .contains("leaklab-detect-1-precious")
                        .anyMatch(name -> name.startsWith("leaklab-detect-" + alive.pid() + "-"));
            }
        }
        assertThat(other.resolve("heap.hprof")).exists();
    }

    @Test
    void unpacksOnlyWithinTheRoomThatThereIs() throws IOException {
        Path packed = place.resolve("bomb.hprof.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        Path plain = place.resolve("plain");
        long disk = 40L << 20;
        assertThatThrownBy(() -> DumpFile.unpack(
                        packed, plain, () -> disk - plain.toFile().length(), (doing, done, all) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too little room to unpack bomb.hprof.gz");
        assertThat(plain.toFile().length()).isLessThan(disk);
        DumpFile.unpack(packed, plain, () -> 1L << 40, (doing, done, all) -> {});
        assertThat(plain.toFile().length()).isEqualTo(64L << 20);
    }
}
