package org.leaklab.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.detect.ThreadSource;
import org.leaklab.results.IntervalLog;

/** As many threads are left as were forsaken, or none; the log has every request; pinned carriers stop a service. */
@Tag("once")
class ExperimentTest {

    private static final int RATE = 400;
    private static final Duration DURATION = Duration.ofMillis(500);
    private static final int REQUESTS = 200;
    private static final boolean WAITING_PINS = Runtime.version().feature() < 24;

    @TempDir
    Path directory;

    private final Load load = new LocalLoad();

    private static Experiment experiment(Form form, int percent, ThreadKind kind) {
        return new Experiment(form, percent, kind, RATE, DURATION, "none");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        load.close();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(ThreadSource.jvm().look()).extracting(ThreadSnapshot::name).doesNotContain("handler", "helper");
    }

    @ParameterizedTest
    @EnumSource
    void leakyLeavesEveryThreadThatWasForsaken(ThreadKind kind) throws Exception {
        Experiment.Measured measured = experiment(Form.LEAKY, 10, kind).run(load, null);
        assertThat(measured.stuck()).isEqualTo(REQUESTS / 10);
        assertThat(measured.sent().failures()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void fixedLeavesNone(ThreadKind kind) throws Exception {
        Experiment.Measured measured = experiment(Form.FIXED, 10, kind).run(load, null);
        assertThat(measured.stuck()).isZero();
        assertThat(measured.sent().failures()).isZero();
        assertThat(measured.requests()).isEqualTo(REQUESTS);
        assertThat(measured.p50())
                .isPositive()
                .isLessThanOrEqualTo(measured.p99())
                .isLessThanOrEqualTo(measured.p999())
                .isLessThanOrEqualTo(measured.max());
    }

    @Test
    void theWarmUpTakesTheSamePath() throws Exception {
        Experiment.Measured measured =
                experiment(Form.LEAKY, 10, ThreadKind.VIRTUAL).warmUp(load);
        assertThat(measured.requests()).as("as long").isEqualTo(REQUESTS);
        assertThat(measured.stuck()).isEqualTo(measured.forsaken()).isEqualTo(REQUESTS / 10);
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void whatIsNotAsItShouldBeIsCaught() throws Exception {
        Experiment experiment = experiment(Form.LEAKY, 10, ThreadKind.VIRTUAL);
        Load.Sent elsewhere = new Load.Sent(0, 0, -1);
        new Experiment.Measured(REQUESTS, 1, 1, 1, 1, elsewhere, 20, 20).check(experiment);
        caught(experiment, new Experiment.Measured(REQUESTS, 1, 1, 1, 1, elsewhere, 19, 20), "19 helpers are stuck");
        caught(experiment, new Experiment.Measured(REQUESTS, 1, 1, 1, 1, elsewhere, 0, 0), "is forsaken in 0");
        caught(experiment, new Experiment.Measured(REQUESTS - 1, 1, 1, 1, 1, elsewhere, 20, 20), "199 are recorded");
        caught(
                experiment,
                new Experiment.Measured(REQUESTS, 1, 1, 1, 1, new Load.Sent(3, 0, -1), 20, 20),
                "3 of 200 requests fail");
        caught(experiment, experiment.run(load, null), "the load comes from the JVM of the service");
    }

    private static void caught(Experiment experiment, Experiment.Measured measured, String sentence) {
        assertThatThrownBy(() -> measured.check(experiment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(sentence);
    }

    /** Where p99 is shown, of 10,000 requests or more. */
    @Test
    void aLoadThatIsLateIsCaught() {
        Experiment many = new Experiment(Form.LEAKY, 10, ThreadKind.VIRTUAL, 1000, Duration.ofSeconds(10), "none");
        late(10_000, 400).check(many);
        caught(many, late(10_000, 401), "sent up to 401 us late, and 99 % are answered within 4000 us");
        late(REQUESTS, 401).check(experiment(Form.LEAKY, 10, ThreadKind.VIRTUAL));
    }

    private static Experiment.Measured late(int requests, long micros) {
        Load.Sent elsewhere = new Load.Sent(0, micros, -1);
        return new Experiment.Measured(requests, 500, 4000, 5000, 6000, elsewhere, requests / 10, requests / 10);
    }

    /** A fixed service whose helpers are stuck all the same. */
    @Test
    void aFixThatIsNoneIsCaught() throws Exception {
        Experiment.Measured leaky =
                experiment(Form.LEAKY, 10, ThreadKind.VIRTUAL).run(load, null);
        caught(experiment(Form.FIXED, 10, ThreadKind.VIRTUAL), leaky, "20 helpers are stuck, and not the 0");
    }

    @Test
    void theLoadOfAnotherJvmMeasuresTheSame() throws Exception {
        Experiment experiment = experiment(Form.LEAKY, 10, ThreadKind.VIRTUAL);
        try (Load remote = RemoteLoad.start()) {
            experiment.warmUp(remote);
            Experiment.Measured measured = experiment.run(remote, directory).check(experiment);
            assertThat(measured.sent().process())
                    .isNotEqualTo(ProcessHandle.current().pid());
            assertThat(measured.p50()).isPositive();
        }
    }

    @Test
    void theLogCanBeReadBackAndHasEveryRequest() throws Exception {
        Experiment twoIntervals =
                new Experiment(Form.LEAKY, 10, ThreadKind.VIRTUAL, RATE, Duration.ofMillis(1500), "none");
        Experiment.Measured measured = twoIntervals.run(load, directory);
        Path log = directory.resolve("latency-leaky-10-virtual-beside-none.hlog");
        Histogram all = OpenLoop.histogram();
        int intervals = 0;
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            for (EncodableHistogram read; (read = reader.nextIntervalHistogram()) != null; intervals++) {
                all.add((Histogram) read);
            }
        }
        assertThat(intervals).isGreaterThanOrEqualTo(2);
        assertThat(all.getTotalCount()).isEqualTo(600);
        assertThat(all.getValueAtPercentile(99)).isEqualTo(measured.p99());
        assertThat(all.getMaxValue()).isEqualTo(measured.max());
        List<String> lines = Files.readAllLines(log);
        assertThat(lines.getFirst()).startsWith("#[latency of an HTTP service: leaky, helpers forsaken in 10 %");
        assertThat(lines.getLast()).startsWith("#[stuck threads: 60 at ");
        assertThat(lines.stream().filter(line -> line.startsWith("#[stuck threads: ")))
                .hasSize(intervals + 1);
    }

    @Test
    void theNextForkGetsANumberAndNoPartOfAFileIsLeft() throws Exception {
        Path made = directory.resolve("results");
        for (int fork = 0; fork < 2; fork++) {
            new Experiment(Form.FIXED, 0, ThreadKind.PLATFORM, RATE, Duration.ofMillis(50), "none").run(load, made);
        }
        assertThat(names(made))
                .containsExactly(
                        "latency-fixed-0-platform-beside-none-2.hlog", "latency-fixed-0-platform-beside-none.hlog");
    }

    @Test
    void aLogThatIsNotFinishedLeavesNothing() throws Exception {
        try (IntervalLog log = IntervalLog.open(directory, "broken", "a test")) {
            log.end(1);
        }
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void fromJdk24OnThoseStuckInsideSynchronizedAreLeaksLikeOthers() throws Exception {
        assumeTrue(!WAITING_PINS);
        Experiment.Measured measured =
                experiment(Form.PINNED, 10, ThreadKind.VIRTUAL).run(load, null);
        assertThat(measured.sent().failures()).isZero();
        assertThat(measured.stuck()).isEqualTo(REQUESTS / 10);
    }

    /** Twenty are stuck, which is more than there are carriers on most machines. */
    @Test
    void upToJdk23TheyStopTheWholeService() throws Exception {
        assumeTrue(WAITING_PINS && Runtime.getRuntime().availableProcessors() < REQUESTS / 10);
        Experiment.Measured measured =
                experiment(Form.PINNED, 10, ThreadKind.VIRTUAL).run(load, null);
        assertThat(measured.requests()).isEqualTo(REQUESTS);
        assertThat(measured.sent().failures()).isPositive();
        assertThat(measured.max()).isGreaterThanOrEqualTo(Experiment.TIMEOUT.toNanos() / 1000);
        assertThat(measured.stuck()).isGreaterThanOrEqualTo(measured.sent().failures());
    }

    @Test
    void platformThreadsAreNeverPinned() throws Exception {
        Experiment.Measured measured =
                experiment(Form.PINNED, 10, ThreadKind.PLATFORM).run(load, null);
        assertThat(measured.sent().failures()).isZero();
        assertThat(measured.stuck()).isEqualTo(REQUESTS / 10);
    }

    @Test
    void whatCannotBeRunIsRefused() {
        assertThatThrownBy(() -> experiment(Form.FIXED, 101, ThreadKind.VIRTUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 %");
    }
}
