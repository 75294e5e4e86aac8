package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.HeapDump.BrokenDumpException;
import org.leaklab.heapdump.testing.TinyDump;

/** Files of every form that HPROF has, and files that are none: a result, or one sentence, and never anything else. */
@Tag("once") // damage is the same whichever JDK wrote the dump
class DamagedDumpTest {

    private static final int MUTATIONS = 3_000;

    @TempDir
    Path directory;

    private Findings analyse(byte[] bytes) throws IOException {
        Path file = directory.resolve("tiny.hprof");
        Files.write(file, bytes);
        return HeapDump.analyse(file);
    }

    @ParameterizedTest
    @CsvSource({"4, 1.0.1", "4, 1.0.2", "8, 1.0.1", "8, 1.0.2"})
    void readsEveryForm(int idBytes, String version) throws Exception {
        TinyDump lost = new TinyDump(idBytes, version);
        Findings found = analyse(lost.bytes());
        assertThat(found.leaked()).singleElement().satisfies(thread -> {
            assertThat(thread.blocker()).isEqualTo("shop.Gate");
            assertThat(thread.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(thread.stack()).hasSize(2);
        });
        TinyDump held = new TinyDump(idBytes, version);
        held.gateIsHeld = true;
        assertThat(analyse(held.bytes()).leaked()).isEmpty();
    }

    /** Without its state no thread waits, so that "nothing leaked" would be a false word. */
    @Test
    void cannotTellWithoutNumbers() throws Exception {
        TinyDump blanked = new TinyDump(8, "1.0.2");
        blanked.isBlanked = true;
        Findings found = analyse(blanked.bytes());
        assertThat(found.cannotTell()).contains("its numbers were overwritten");
        assertThat(found.leaked()).isEmpty();
    }

    @Test
    void readsAGzippedOne() throws Exception {
        Path file = directory.resolve("tiny.hprof.gz");
        byte[] plain = new TinyDump(8, "1.0.2").bytes();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(plain);
        }
        assertThat(HeapDump.analyse(file).leaked()).hasSize(1);

        byte[] zipped = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(zipped, zipped.length / 2));
        assertThatThrownBy(() -> HeapDump.analyse(file))
                .isInstanceOf(BrokenDumpException.class)
                .hasMessageContaining("truncated or damaged");
    }

    @Test
    void saysHowFarATruncatedOneGot() throws Exception {
        byte[] whole = new TinyDump(8, "1.0.2").bytes();
        for (int length = 31; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> analyse(part))
                    .as("%d bytes", length)
                    .isInstanceOf(BrokenDumpException.class)
                    .hasMessageMatching("tiny.hprof (is truncated: of its " + length
                            + " bytes those up to \\d+ were read" + "|holds no heap).*");
        }
    }

    @Test
    void refusesWhatIsNoHeap() {
        assertThatThrownBy(() -> analyse("PK\3\4 something else".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(BrokenDumpException.class)
                .hasMessageContaining("is no heap dump");
        assertThatThrownBy(() -> analyse(new TinyDump(8, "1.0.\n").bytes()))
                .hasMessage("tiny.hprof is a \"JAVA PROFILE 1.0.\\n\", and only 1.0.1 and 1.0.2 are known");
        assertThatThrownBy(() -> analyse(new byte[0])).isInstanceOf(BrokenDumpException.class);
        assertThatThrownBy(() -> HeapDump.analyse(directory.resolve("nowhere.hprof")))
                .hasMessage("there is no file nowhere.hprof");
        assertThatThrownBy(() -> HeapDump.analyse(directory)).hasMessageContaining("is a directory");
    }

    @Test
    void refusesAClassThatIsItsOwnSuperclass() {
        TinyDump round = new TinyDump(8, "1.0.2");
        round.aboveObject = 16;
        assertThatThrownBy(() -> analyse(round.bytes()))
                .isInstanceOf(BrokenDumpException.class)
                .hasMessageContaining("among its own superclasses");
    }

    @Test
    void neverFailsInAnotherWay() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = new TinyDump(random.nextBoolean() ? 4 : 8, random.nextBoolean() ? "1.0.1" : "1.0.2").bytes();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : random.nextInt());
            }
            try {
                analyse(bytes);
                read++;
            } catch (BrokenDumpException e) {
                assertThat(e.getMessage()).as("seed %d", seed).isNotBlank().doesNotContain("\n");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", mutation " + i, e);
            }
        }
        assertThat(read).as("seed %d: some are harmless, not all", seed).isBetween(1, MUTATIONS - 1);
    }
}
