package org.leaklab.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Finding;
import org.leaklab.detect.JvmThreads;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.SharedHealth;
import org.leaklab.serve.SharedProbe;

/**
 * Gauges about the threads of this JVM, virtual threads that are parked included. The tag {@code kind} is
 * {@code platform} or {@code virtual}.
 *
 * <ul>
 *   <li>{@code leaklab.threads.live}: threads that have started and not ended, without those of the JDK itself
 *   <li>{@code leaklab.threads.parked}: those of them that wait without a limit of time. Many of them are idle, and
 *       will be woken.
 *   <li>{@code leaklab.threads.stuck}: threads in a deadlock, which is a proof: see {@link org.leaklab.detect.Deadlock}
 *   <li>{@code leaklab.threads.leaked}, {@code .suspected}, {@code .unknown}: virtual threads that the last probe has
 *       found unreachable for certain, perhaps, or could not judge; these have no row for platform threads, which no
 *       probe judges
 *   <li>{@code leaklab.threads.unless.interrupted}: those of the leaked ones that something alive could still
 *       interrupt, through their executor, scope or launcher: see {@link Finding#unlessInterrupted()}
 *   <li>{@code leaklab.probe.age}: time since this probe ended
 * </ul>
 *
 * <p><b>Reading a gauge never runs a probe</b>, nor any collection. It counts threads, at most once a second, and reads
 * the last result of a {@link SharedProbe}. Somebody else runs the probes: a {@link ProbeTimer}, a request to a
 * {@link org.leaklab.serve.ProfileServer} that shares the probe, or the program.
 *
 * <p><b>NaN means unknown</b>, and is never given as 0: virtual threads in a JVM without {@link JvmThreads#OPEN}; a
 * {@code stuck} of 0 while there are waits whose owner cannot be seen; virtual threads, and a {@code stuck} of 0, while
 * a {@linkplain org.leaklab.detect.ProbeWatch probe} is under way; what a probe said while there was none yet, or the
 * last one failed. While a gauge counts, it holds all threads; a probe that runs at this moment finds fewer.
 *
 * <p>The registry keeps the gauges, and they keep this object alive, until {@link #close()}. A registry has one gauge
 * of each name: if another object of this class was bound to it, and not closed, its gauges stay. Safe for use by
 * several threads.
 */
public final class ThreadLeakMetrics implements MeterBinder, AutoCloseable {

    private static final Logger LOG = System.getLogger(ThreadLeakMetrics.class.getName());

    /** A gauge, and where it is. */
    private record Bound(MeterRegistry registry, Meter meter) {}

    private final SharedCensus census;
    private final @Nullable SharedProbe probe;
    private final Queue<Bound> bound = new ConcurrentLinkedQueue<>();

    /**
     * Creates metrics about the threads of this JVM, without those of a probe.
     *
     * @see #ThreadLeakMetrics(SharedCensus, SharedProbe)
     */
    public ThreadLeakMetrics() {
        this(null);
    }

    /** Creates metrics about the threads of this JVM, and what a probe says of them; null for no probe. */
    public ThreadLeakMetrics(@Nullable SharedProbe probe) {
        this(SharedCensus.of(SharedHealth.of(ThreadSource.jvm())), probe);
    }

    /**
     * Creates metrics from counts and a probe that others use too.
     *
     * @param census counts the threads
     * @param probe the probe whose last result is read; if it is null, its gauges are left out
     */
    public ThreadLeakMetrics(SharedCensus census, @Nullable SharedProbe probe) {
        this.census = census;
        this.probe = probe;
    }

    /** Adds the gauges to a registry. Logs once how to see virtual threads, if this JVM does not show them. */
    @Override
    public void bindTo(MeterRegistry registry) {
        if (!JvmThreads.seesVirtual()) {
            LOG.log(
                    Level.INFO,
                    "leaklab.threads of kind virtual are NaN: {0}",
                    ThreadSource.jvm().scope());
        }
        for (ThreadKind kind : ThreadKind.values()) {
            count(registry, "live", "Threads that have started and not ended", kind, Census.Numbers::live);
            count(registry, "parked", "Threads that wait without a limit of time", kind, Census.Numbers::parked);
            count(registry, "stuck", "Threads in a deadlock", kind, Census.Numbers::stuck);
        }
        if (probe != null) {
            found(
                    registry,
                    probe,
                    "leaked",
                    "Threads that the last probe found leaked",
                    each -> each.threads().size());
            found(
                    registry,
                    probe,
                    "unless.interrupted",
                    "Those of the leaked threads that something alive could still interrupt",
                    each -> each.unlessInterrupted().size());
            found(
                    registry,
                    probe,
                    "suspected",
                    "Threads that are perhaps leaked, by the last probe",
                    each -> each.suspects().size());
            found(registry, probe, "unknown", "Threads that the last probe could not judge", Finding::unknownCount);
            TimeGauge age = TimeGauge.builder("leaklab.probe.age", () -> age(probe), TimeUnit.NANOSECONDS)
                    .description("Time since the last probe ended")
                    .register(registry);
            bound.add(new Bound(registry, age));
        }
    }

    /** Takes the gauges out of the registries that they were added to. A second call does nothing. */
    @Override
    public void close() {
        for (Bound each = bound.poll(); each != null; each = bound.poll()) {
            each.registry().remove(each.meter());
        }
    }

    private void count(
            MeterRegistry registry,
            String name,
            String description,
            ThreadKind kind,
            Function<Census.Numbers, OptionalInt> which) {
        gauge(registry, name, description, kind, () -> {
            OptionalInt number = which.apply(census.get().of(kind));
            return number.isPresent() ? number.getAsInt() : Double.NaN;
        });
    }

    private void found(
            MeterRegistry registry, SharedProbe probe, String name, String description, ToIntFunction<Finding> which) {
        gauge(registry, name, description, ThreadKind.VIRTUAL, () -> {
            SharedProbe.Result last = probe.last();
            Finding finding = last == null || last.failure() != null ? null : last.finding();
            return finding == null ? Double.NaN : which.applyAsInt(finding);
        });
    }

    private static double age(SharedProbe probe) {
        SharedProbe.Result last = probe.last();
        return last == null ? Double.NaN : last.age().toNanos();
    }

    /** A value that takes a moment to find. */
    @FunctionalInterface
    private interface Value {
        double get() throws InterruptedException;
    }

    private void gauge(MeterRegistry registry, String name, String description, ThreadKind kind, Value value) {
        Gauge gauge = Gauge.builder("leaklab.threads." + name, () -> unlessInterrupted(value))
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .description(description)
                .baseUnit(BaseUnits.THREADS)
                .register(registry);
        bound.add(new Bound(registry, gauge));
    }

    private static double unlessInterrupted(Value value) {
        try {
            return value.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }
}
