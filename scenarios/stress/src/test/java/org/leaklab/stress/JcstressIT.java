package org.leaklab.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged races, run as users run them, on the JDK that runs this. */
@Timeout(JcstressIT.SECONDS + 10)
class JcstressIT {

    static final int SECONDS = 600; // of which a machine of its own needs one tenth

    @TempDir
    Path folder;

    @BeforeAll
    static void twoAtATime() {
        assumeTrue(Runtime.getRuntime().availableProcessors() >= 2, "jcstress gives each actor a processor");
        assumeTrue(File.separatorChar == '/', "the script needs a shell");
    }

    private record Ended(int exitCode, String out) {}

    private Ended script(String... arguments) throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(new File(System.getProperty("leaklab.root")))
                .redirectErrorStream(true)
                .redirectOutput(out);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(out.toPath());
            assertThat(ended).as("ends in time:%n%s", text).isTrue();
            return new Ended(process.exitValue(), text);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static long tests() throws IOException {
        try (var list = JcstressIT.class.getResourceAsStream("/META-INF/TestList")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("org.leaklab.stress.core."))
                    .count();
        }
    }

    @Test
    void noForbiddenOutcome() throws Exception {
        Ended quick = script("scripts/jcstress", "--quick");
        assertThat(quick.exitCode()).as(quick.out()).isZero();
        assertThat(tests()).isPositive();
        assertThat(quick.out()).contains("Results: %1$d planned; %1$d passed".formatted(tests()));
    }

    @Test
    void everyPlantedBugIsCaught() throws Exception {
        Ended selfTest = script("scripts/jcstress", "--self-test");
        assertThat(selfTest.exitCode()).as(selfTest.out()).isZero();
        assertThat(selfTest.out()).contains("planted bugs were caught");
    }
}
