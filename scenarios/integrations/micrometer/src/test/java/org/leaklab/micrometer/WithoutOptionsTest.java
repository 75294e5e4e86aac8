package org.leaklab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.leaklab.detect.JvmThreads;

/** In a JVM that does not show its virtual threads, their numbers are unknown, and the log says what to do. */
class WithoutOptionsTest {

    /** A program with one virtual thread. */
    static final class Program {
        public static void main(String[] args) throws InterruptedException {
            CountDownLatch ready = new CountDownLatch(1);
            Thread waits = Thread.startVirtualThread(() -> {
                ready.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            ready.await();
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            new ThreadLeakMetrics().bindTo(registry);
            System.out.println(registry.scrape());
            waits.interrupt();
            waits.join();
        }
    }

    private static String run(String... options) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        program.command().addAll(java.util.List.of(options));
        program.command()
                .addAll(java.util.List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void virtualThreadsAreUnknown() throws IOException, InterruptedException {
        assertThat(run())
                .contains("leaklab.threads of kind virtual are NaN: ", "run the JVM with " + JvmThreads.OPEN)
                .contains("leaklab_threads_live_threads{kind=\"virtual\"} NaN")
                .contains("leaklab_threads_parked_threads{kind=\"virtual\"} NaN")
                .contains("leaklab_threads_stuck_threads{kind=\"virtual\"} NaN")
                .containsPattern("leaklab_threads_live_threads\\{kind=\"platform\"} [1-9]");
    }

    @Test
    void withTheOptionTheyAreKnown() throws IOException, InterruptedException {
        String[] option = JvmThreads.OPEN.split(" ");
        assertThat(run(option))
                .doesNotContain("are NaN:")
                .contains("leaklab_threads_live_threads{kind=\"virtual\"} 1.0");
    }
}
