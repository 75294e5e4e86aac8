package org.leaklab.heapdump.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first mutations of {@code scripts/detect-fuzz}. */
@Tag("once") // damage is the same whichever JDK wrote the dump
class FuzzTest {

    private static final int MUTATIONS = 500;
    private static final int PATIENCE_SECONDS = 100;

    @TempDir
    Path folder;

    private Path dump() throws IOException, InterruptedException {
        Path dump = folder.resolve("small.hprof");
        run(SmallProgram.class, "-Xmx64m", dump.toString());
        return dump;
    }

    private String run(Class<?> program, String memory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                memory,
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("comes to its end in time")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(said);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void damagedDumpsAreAnsweredOrRefusedWithASentence() throws Exception {
        assertThat(run(Fuzz.class, "-Xmx128m", dump().toString(), MUTATIONS + "", "0"))
                .contains(MUTATIONS + " mutations, all well")
                .contains(Arrays.stream(Mutation.values()).map(Mutation::name).toList());
    }

    /** A seed gives the same damage, others give others, and nothing stays undamaged. */
    @Test
    void theSeedDecidesTheDamage() throws Exception {
        byte[] whole = Files.readAllBytes(dump());
        Places places = new Places(whole);
        int same = 0;
        for (long seed = 0; seed < 5L * Mutation.values().length; seed++) {
            byte[] damaged = Mutation.of(whole, places, seed);
            assertThat(Arrays.equals(damaged, Mutation.of(whole, places, seed))).isTrue();
            same += Arrays.equals(damaged, whole) ? 1 : 0;
        }
        assertThat(same).as("mutations that changed nothing").isLessThan(5);
        assertThat(places.types()).as("types of record").hasSizeGreaterThan(12);
    }
}
