package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.leaklab.alone.ServesAndReturns;

/** Whether a JVM ends with its main thread, though it serves. */
@Timeout(100)
class DaemonTest {

    private static final int PATIENCE_SECONDS = 60;

    private static Process start(boolean daemon) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServesAndReturns.class.getName(),
                        String.valueOf(daemon))
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void theJvmEndsWithItsMainThread() throws Exception {
        Process process = start(true);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).matches("\\d+");
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void itGoesOnIfAsked() throws Exception {
        Process process = start(false);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            URI page = URI.create("http://127.0.0.1:" + said.readLine() + "/debug/pprof/threads?debug=1");
            while (hasMainThread(process)) {
                assertThat(process.isAlive()).isTrue();
            }
            try (InputStream answer = page.toURL().openStream()) {
                assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("threads profile: total 0\n");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** As jcmd sees it from outside. */
    private static boolean hasMainThread(Process process) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        try (InputStream out = jcmd.getInputStream()) {
            String dump = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return !dump.contains("DestroyJavaVM") || dump.contains("\n\"main\"");
        }
    }
}
