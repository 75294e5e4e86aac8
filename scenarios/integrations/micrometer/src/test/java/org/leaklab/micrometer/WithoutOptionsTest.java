package org.leaklab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.leaklab.detect.JvmThreads;

/** In a JVM that does not show its virtual threads, their numbers are unknown, and the log says what to do. */
class WithoutOptionsTest {

    /** A program with one virtual thread. If it has an argument, it opens the list of them after it has bound. */
    static final class Program {
        public static void main(String[] args) throws IOException, InterruptedException {
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
            if (args.length > 0) {
                System.out.println("opened: " + JvmThreads.openByAgent());
            }
            System.out.println(registry.scrape());
            waits.interrupt();
            waits.join();
        }
    }

    private static String run(List<String> options, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        program.command().addAll(options);
        program.command().addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        program.command().addAll(List.of(arguments));
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void virtualThreadsAreUnknown() throws IOException, InterruptedException {
        assertThat(run(List.of()))
                .contains("leaklab.threads of kind virtual are NaN: ", "run the JVM with " + JvmThreads.OPEN)
                .contains("leaklab_threads_live_threads{kind=\"virtual\"} NaN")
                .contains("leaklab_threads_parked_threads{kind=\"virtual\"} NaN")
                .contains("leaklab_threads_stuck_threads{kind=\"virtual\"} NaN")
                .containsPattern("leaklab_threads_live_threads\\{kind=\"platform\"} [1-9]");
    }

    @Test
    void withTheOptionTheyAreKnown() throws IOException, InterruptedException {
        assertThat(run(List.of(JvmThreads.OPEN.split(" "))))
                .doesNotContain("are NaN:")
                .contains("leaklab_threads_live_threads{kind=\"virtual\"} 1.0");
    }

    @Test
    void theyAreKnownFromTheMomentOnWhenTheirListIsOpened() throws IOException, InterruptedException {
        assertThat(run(List.of(), "open"))
                .contains("opened: true")
                .contains("leaklab_threads_live_threads{kind=\"virtual\"} 1.0");
    }
}
