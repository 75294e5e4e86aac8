package org.leaklab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Health;
import org.leaklab.detect.ProbeWatch;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.SharedProbe;

class ThreadLeakMetricsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int SOME = 50;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<Thread> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Thread thread : started) {
            thread.interrupt();
            thread.join();
        }
    }

    private void start(ThreadKind kind, String name, Runnable task) {
        Thread thread = switch (kind) {
            case PLATFORM -> Thread.ofPlatform().daemon().name(name).unstarted(task);
            case VIRTUAL -> Thread.ofVirtual().name(name).unstarted(task);
        };
        started.add(thread);
        thread.start();
    }

    private void startWaiting(ThreadKind kind) {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < SOME; i++) {
            start(kind, "waits", () -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        Awaits.untilWaiting(started);
    }

    private double value(String name, ThreadKind kind) {
        return registry.get("leaklab.threads." + name)
                .tag("kind", kind == ThreadKind.PLATFORM ? "platform" : "virtual")
                .gauge()
                .value();
    }

    private double age() {
        return registry.get("leaklab.probe.age").timeGauge().value();
    }

    /** Counts at each reading. */
    private static SharedCensus always() {
        ThreadSource jvm = ThreadSource.jvm();
        return new SharedCensus(() -> Census.of(jvm, true, Health.of(jvm)), Duration.ZERO);
    }

    private static Finding finding(int leaked, boolean sound) {
        List<ThreadSnapshot> threads = new ArrayList<>();
        for (int i = 0; i < leaked; i++) {
            threads.add(ThreadSnapshot.of(Thread.currentThread()));
        }
        return new Finding(
                threads,
                leaked == 0 ? Set.of() : Set.of(Thread.currentThread().threadId()),
                threads.subList(0, Math.min(1, leaked)),
                List.of("a note"),
                7,
                Map.of("waits for a monitor", 4),
                "a test",
                sound,
                Duration.ofMillis(3),
                "virtual threads of a test");
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatWaitAreCountedByKind(ThreadKind kind) {
        new ThreadLeakMetrics(always(), null).bindTo(registry);
        ThreadKind other = kind == ThreadKind.PLATFORM ? ThreadKind.VIRTUAL : ThreadKind.PLATFORM;
        double live = value("live", kind);
        double parked = value("parked", kind);
        double otherParked = value("parked", other);
        startWaiting(kind);

        assertThat(value("live", kind)).isEqualTo(live + SOME);
        assertThat(value("parked", kind)).isEqualTo(parked + SOME);
        assertThat(value("parked", other)).isEqualTo(otherParked);
        assertThat(value("stuck", kind)).as("waiting is not stuck").isNotPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlockIsStuck(ThreadKind kind) {
        new ThreadLeakMetrics(always(), null).bindTo(registry);
        ReentrantLock one = new ReentrantLock();
        ReentrantLock two = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        start(kind, "one", () -> lock(one, two, both));
        start(kind, "two", () -> lock(two, one, both));
        Awaits.untilWaiting(started);
        Awaits.until(() -> both.getCount() == 0 && one.hasQueuedThreads() && two.hasQueuedThreads());

        assertThat(value("stuck", kind)).isEqualTo(2);
    }

    /** Why these gauges are there beside Micrometer's own. */
    @Test
    void micrometerDoesNotCountVirtualThreadsThatAreParked() {
        new JvmThreadMetrics().bindTo(registry);
        new ThreadLeakMetrics(always(), null).bindTo(registry);
        double theirs = registry.get("jvm.threads.live").gauge().value();
        double ours = value("live", ThreadKind.VIRTUAL);
        startWaiting(ThreadKind.VIRTUAL);

        assertThat(registry.get("jvm.threads.live").gauge().value()).isLessThan(theirs + SOME);
        assertThat(value("live", ThreadKind.VIRTUAL)).isEqualTo(ours + SOME);
    }

    private static void lock(ReentrantLock first, ReentrantLock second, CountDownLatch both) {
        first.lock();
        try {
            both.countDown();
            both.await();
            second.lockInterruptibly();
            second.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            first.unlock();
        }
    }

    @Test
    void whatCannotBeSeenIsNotZero() {
        Health blind = new Health("a test", List.of(), List.of("1 thread waits for a lock whose owner cannot be seen"));
        ThreadSource jvm = ThreadSource.jvm();
        new ThreadLeakMetrics(new SharedCensus(() -> Census.of(jvm, false, blind), HOUR), null).bindTo(registry);

        assertThat(value("live", ThreadKind.PLATFORM)).isPositive();
        assertThat(value("stuck", ThreadKind.PLATFORM)).isNaN();
        assertThat(List.of("live", "parked", "stuck"))
                .allSatisfy(name -> assertThat(value(name, ThreadKind.VIRTUAL)).isNaN());
    }

    /** As if another process probed this JVM: its agent notes that. A probe hides virtual threads for moments. */
    @Test
    void whileAProbeIsUnderWayVirtualThreadsAreUnknown() throws ReflectiveOperationException {
        new ThreadLeakMetrics(always(), null).bindTo(registry);
        Method get = Class.forName("jdk.internal.vm.VMSupport").getMethod("getAgentProperties");
        get.setAccessible(true);
        Properties noted = (Properties) get.invoke(null);
        noted.setProperty("leaklab.live.probe", "a test");
        try {
            assertThat(List.of("live", "parked", "stuck"))
                    .allSatisfy(
                            name -> assertThat(value(name, ThreadKind.VIRTUAL)).isNaN());
            assertThat(value("stuck", ThreadKind.PLATFORM)).isNaN();
            assertThat(value("live", ThreadKind.PLATFORM)).isPositive();
            ThreadSource jvm = ThreadSource.jvm();
            assertThat(Census.of(jvm, true, Health.of(jvm)).unseen()).containsOnlyOnce(ProbeWatch.SENTENCE);
        } finally {
            noted.remove("leaklab.live.probe");
        }
        assertThat(value("live", ThreadKind.VIRTUAL)).isNotNaN();
    }

    @Test
    void readingAGaugeNeverRunsAProbe() throws InterruptedException {
        AtomicInteger probes = new AtomicInteger();
        SharedProbe probe = new SharedProbe(
                () -> {
                    probes.incrementAndGet();
                    return finding(3, true);
                },
                Duration.ZERO);
        new ThreadLeakMetrics(probe).bindTo(registry);

        assertThat(age()).isNaN();
        assertThat(value("leaked", ThreadKind.VIRTUAL)).isNaN();
        assertThat(value("unless.interrupted", ThreadKind.VIRTUAL)).isNaN();
        assertThat(probes).hasValue(0);

        probe.get();
        assertThat(age()).isBetween(0.0, 60.0);
        assertThat(value("leaked", ThreadKind.VIRTUAL)).isEqualTo(3);
        assertThat(value("unless.interrupted", ThreadKind.VIRTUAL)).isEqualTo(1);
        assertThat(value("suspected", ThreadKind.VIRTUAL)).isEqualTo(1);
        assertThat(value("unknown", ThreadKind.VIRTUAL)).isEqualTo(4);
        assertThat(probes).hasValue(1);
        assertThat(registry.find("leaklab.threads.leaked")
                        .tag("kind", "platform")
                        .gauge())
                .as("no probe judges platform threads")
                .isNull();
    }

    @Test
    void aProbeThatProvesNothingIsNotZero() throws InterruptedException {
        AtomicReference<String> refusal = new AtomicReference<>("this JVM cannot be probed");
        SharedProbe probe = new SharedProbe(
                () -> {
                    if (refusal.get() != null) {
                        throw new IllegalStateException(refusal.get());
                    }
                    return finding(0, false);
                },
                Duration.ZERO);
        new ThreadLeakMetrics(probe).bindTo(registry);

        probe.get();
        assertThat(age()).isNotNaN();
        assertThat(value("leaked", ThreadKind.VIRTUAL)).as("refused").isNaN();

        refusal.set(null);
        probe.get();
        assertThat(value("leaked", ThreadKind.VIRTUAL)).as("not sound").isNaN();
    }

    @Test
    void aLeakIsSeenAfterAProbe() throws InterruptedException {
        SharedProbe probe = new SharedProbe(Reachability.ofAllVirtualThreads()::probe, HOUR);
        new ThreadLeakMetrics(probe).bindTo(registry);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(leak());
        }
        SharedProbe.Result result = probe.get();

        assertThat(result.failure()).isNull();
        assertThat(value("leaked", ThreadKind.VIRTUAL)).isGreaterThanOrEqualTo(3);
        assertThat(result.finding().threads())
                .extracting(ThreadSnapshot::threadId)
                .containsAll(ids);
    }

    /** Starts a thread that waits for what nobody can give, and returns its identifier alone. */
    private static long leak() {
        Thread thread = Thread.ofVirtual().name("leaked").start(() -> {
            try {
                new SynchronousQueue<String>().put("nobody takes it");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Awaits.untilWaiting(List.of(thread));
        return thread.threadId();
    }

    @Test
    void prometheusReadsThem() throws InterruptedException {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SharedProbe probe = new SharedProbe(() -> finding(2, true), HOUR);
        new ThreadLeakMetrics(probe).bindTo(prometheus);
        assertThat(prometheus.scrape()).contains("leaklab_threads_leaked_threads{kind=\"virtual\"} NaN");

        probe.get();
        assertThat(prometheus.scrape().lines())
                .contains("leaklab_threads_leaked_threads{kind=\"virtual\"} 2.0")
                .anyMatch(line -> line.matches("leaklab_threads_live_threads\\{kind=\"platform\"} [1-9]\\d*\\.0"))
                .anyMatch(line -> line.matches("leaklab_threads_parked_threads\\{kind=\"virtual\"} \\d+\\.0"))
                .anyMatch(line -> line.matches("leaklab_threads_stuck_threads\\{kind=\"virtual\"} (0\\.0|NaN)"))
                .anyMatch(line -> line.matches("leaklab_probe_age_seconds \\d.*"));
    }

    @Test
    void anotherProbeIsReadWhenTheFirstMetricsAreClosed() throws InterruptedException {
        SharedProbe first = new SharedProbe(() -> finding(1, true), HOUR);
        first.get();
        ThreadLeakMetrics dead = new ThreadLeakMetrics(first);
        dead.bindTo(registry);
        assertThat(value("leaked", ThreadKind.VIRTUAL)).isEqualTo(1);
        dead.close();
        dead.close();
        assertThat(registry.getMeters()).isEmpty();

        SharedProbe second = new SharedProbe(() -> finding(2, true), HOUR);
        second.get();
        new ThreadLeakMetrics(second).bindTo(registry);
        assertThat(value("leaked", ThreadKind.VIRTUAL)).isEqualTo(2);
    }

    /** Micrometer holds the objects of most gauges weakly. */
    @Test
    void theRegistryKeepsWhatTheGaugesRead() {
        new ThreadLeakMetrics().bindTo(registry);
        System.gc();
        assertThat(value("live", ThreadKind.PLATFORM)).isPositive();
    }
}
