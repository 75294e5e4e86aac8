package org.leaklab.bench.overhead;

import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Threads;

/**
 * Measures an operation with a detector and without it, slice by slice in turn, in one process on one launcher.
 *
 * <p>Both sides of a pair run within a fraction of a second, with the same compiled code, on the same carriers, beside
 * the same neighbours. Where two processes that do the same differ by a third, the two sides of a pair differ by a few
 * percent, and the median over pairs by less. Which side comes first alternates, so that a drift cancels out.
 *
 * <p>What this cannot see: what a detector leaves behind for good, as code that was compiled otherwise because of it.
 */
final class PairedSlices implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AutoCloseable NOTHING = () -> {};

    private final Attaching detector;
    private final Duration slice;
    private final Threads threads;
    private final Launcher launcher;
    private final Operation.Runner runner;

    /** Attaches something to a launcher; closing the answer detaches it. */
    @FunctionalInterface
    interface Attaching {
        AutoCloseable attach(Launcher launcher) throws Exception;
    }

    /**
     * What one call has measured: nanoseconds an operation without and with the detector, and how many times slower.
     */
    record Measured(double without, double with, double slowdown) {}

    /**
     * Prepares.
     *
     * @param stuck how many threads are stuck beside the operation, known to the launcher as well
     */
    PairedSlices(Operation operation, AttachedDetector attachment, ThreadKind kind, int stuck)
            throws InterruptedException {
        this(operation, attachment::attach, attachment.slice(), kind, stuck);
    }

    PairedSlices(Operation operation, Attaching detector, Duration slice, ThreadKind kind, int stuck)
            throws InterruptedException {
        this.detector = detector;
        this.slice = slice;
        threads = Threads.of(kind);
        launcher = threads.launcher();
        boolean ready = false;
        try {
            for (int i = 0; i < stuck; i++) {
                launcher.start("stuck", () -> Channel.nil().receive());
            }
            awaitStuck();
            runner = operation.on(threads);
            ready = true;
        } finally {
            if (!ready) {
                threads.close();
            }
        }
    }

    /** What is measured must not be measured beside threads that are still on their way. */
    private void awaitStuck() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (launcher.live().stream().anyMatch(live -> live.thread().getState() != Thread.State.WAITING)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("threads that should be stuck do not come to wait");
            }
            Thread.sleep(1);
        }
    }

    /** Runs pairs of slices for about so long, two at least, and answers with the medians over them. */
    Measured run(Duration duration) throws Exception {
        int pairs = Math.max(2, (int) duration.dividedBy(slice.multipliedBy(2)));
        double[] without = new double[pairs];
        double[] with = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            if (pair % 2 == 0) {
                without[pair] = slice(none -> NOTHING);
                with[pair] = slice(detector);
            } else {
                with[pair] = slice(detector);
                without[pair] = slice(none -> NOTHING);
            }
        }
        double[] slowdowns =
                IntStream.range(0, pairs).mapToDouble(i -> with[i] / without[i]).toArray();
        Median median = new Median();
        return new Measured(median.evaluate(without), median.evaluate(with), median.evaluate(slowdowns));
    }

    /** Nanoseconds an operation, with something attached; as long for the one side as for the other. */
    private double slice(Attaching attached) throws Exception {
        AutoCloseable detach = attached.attach(launcher);
        try {
            runner.run(); // what follows an attachment directly belongs to it
            long operations = 0;
            long began = System.nanoTime();
            long took;
            do {
                runner.run();
                operations += Operation.BATCH;
                took = System.nanoTime() - began;
            } while (took < slice.toNanos());
            return (double) took / operations;
        } finally {
            detach.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (!threads.release(PATIENCE).isEmpty()) {
            throw new IllegalStateException("threads of the measurement do not end: " + launcher.live());
        }
    }
}
