package org.leaklab.bench.overhead;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Hooks;
import org.leaklab.core.live.Launchers;
import org.leaklab.scenario.Threads;

/**
 * Measures an operation with a detector and without it, slice by slice in turn, in one process on one launcher; and
 * after each pair the harness alone, which is the same loop without the operation.
 *
 * <p>Both sides of a pair run within a fraction of a second, with the same compiled code, on the same carriers, beside
 * the same neighbours. Where two processes that do the same differ by a third, the two sides of a pair differ by a few
 * percent, and the median over pairs by less. Which side comes first alternates, so that a drift cancels out.
 *
 * <p>Each slice starts the threads of its operation, when the detector is attached already, and ends them: so they are
 * threads that the detector knows, and has started its own way if it has one. In an operation that starts none while it
 * is measured, nothing else of a detector runs that is told of starts and ends.
 *
 * <p>What this cannot see: what a detector leaves behind for good, as code that was compiled otherwise because of it.
 */
final class PairedSlices implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The most of a batch that may be the harness's. */
    private static final double MOST_HARNESS = 0.1;

    /** The slice of the harness is so much shorter: it is a single wake-up, many times over. */
    private static final int HARNESS = 5;

    private final Attaching detector;
    private final Duration slice;
    private final Threads threads;
    private final Launcher launcher;
    private final Preparing operation;

    /** Attaches something to a launcher. */
    @FunctionalInterface
    interface Attaching {
        Attached attach(Launcher launcher) throws Exception;
    }

    /** Makes an operation ready on some threads. */
    @FunctionalInterface
    interface Preparing {
        Batches on(Threads threads) throws InterruptedException;
    }

    private interface Batch {
        void run() throws Exception;
    }

    /**
     * What one call has measured, all in nanoseconds an operation.
     *
     * @param operation the operation without the detector, without the harness
     * @param added what it takes longer with the detector: the median of the differences of pairs, of which the
     *     harness's share drops out
     * @param harness the share of an operation in the begin and the end of its batch
     */
    record Measured(double operation, double added, double harness) {

        /** How many times as long the operation takes with the detector; 1 is no difference. */
        double ratio() {
            return 1 + added / operation;
        }

        /**
         * Sees that it is the operation that was measured, over all calls of a fork.
         *
         * @throws IllegalStateException if the harness typically takes more than a tenth
         */
        static void check(List<Measured> all) {
            double operation = new Median()
                    .evaluate(all.stream().mapToDouble(Measured::operation).toArray());
            double harness = new Median()
                    .evaluate(all.stream().mapToDouble(Measured::harness).toArray());
            if (harness > MOST_HARNESS * (operation + harness)) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "the begin and the end of a batch take %.0f of %.0f ns an operation, more than a tenth: a batch"
                                + " of %d operations is too short",
                        harness,
                        operation + harness,
                        Batches.SIZE));
            }
        }
    }

    /**
     * Prepares.
     *
     * @param stuck how many threads are stuck beside the operation, known to the launcher as well
     */
    PairedSlices(Operation operation, AttachedDetector attachment, ThreadKind kind, int stuck)
            throws InterruptedException {
        this(operation::on, attachment::attach, attachment.slice(), kind, stuck);
    }

    PairedSlices(Preparing operation, Attaching detector, Duration slice, ThreadKind kind, int stuck)
            throws InterruptedException {
        this.operation = operation;
        this.detector = detector;
        this.slice = slice;
        threads = Threads.of(kind);
        launcher = threads.launcher();
        Hooks hooks = Launchers.of(launcher).hooks();
        hooks.attached().forEach(hooks::detach); // an origin that was once open in this JVM has launches ask for ever
        boolean ready = false;
        try {
            for (int i = 0; i < stuck; i++) {
                launcher.start("stuck", () -> Channel.nil().receive());
            }
            awaitStuck();
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

    /**
     * Runs pairs of slices for about so long, two at least, and answers with the medians over them.
     *
     * @throws IllegalStateException if that is not what was measured: something hears of starts and ends where nothing
     *     is attached, or the detector has not gone about its work
     */
    Measured run(Duration duration) throws Exception {
        int pairs = Math.max(2, (int) duration.dividedBy(slice.multipliedBy(2).plus(slice.dividedBy(HARNESS))));
        double[] without = new double[pairs];
        double[] with = new double[pairs];
        double[] harness = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            if (pair % 2 == 0) {
                without[pair] = without();
                with[pair] = with();
            } else {
                with[pair] = with();
                without[pair] = without();
            }
            harness[pair] = harness();
        }
        double[] added =
                IntStream.range(0, pairs).mapToDouble(i -> with[i] - without[i]).toArray();
        Median median = new Median();
        double share = median.evaluate(harness);
        return new Measured(median.evaluate(without) - share, median.evaluate(added), share);
    }

    private double without() throws Exception {
        if (AttachedDetector.isHooked(launcher)) {
            throw new IllegalStateException(
                    "something is still attached where the operation is to be measured without");
        }
        try (Batches batches = operation.on(threads)) {
            batches.run(); // as on the other side
            return timed(batches::run, slice);
        }
    }

    private double with() throws Exception {
        try (Attached attached = detector.attach(launcher);
                Batches batches = operation.on(threads)) {
            batches.run(); // what follows an attachment directly belongs to it
            double nanos = timed(batches::run, slice);
            if (!attached.isAtWork()) {
                throw new IllegalStateException("the attached detector has done nothing while it was measured");
            }
            return nanos;
        }
    }

    private double harness() throws Exception {
        try (Batches batches = operation.on(threads)) {
            return timed(batches::runEmpty, slice.dividedBy(HARNESS));
        }
    }

    /** Nanoseconds an operation, of batches for so long, one at least. */
    private static double timed(Batch batch, Duration duration) throws Exception {
        long operations = 0;
        long began = System.nanoTime();
        long took;
        do {
            batch.run();
            operations += Batches.SIZE;
            took = System.nanoTime() - began;
        } while (took < duration.toNanos());
        return (double) took / operations;
    }

    @Override
    public void close() throws InterruptedException {
        if (!threads.release(PATIENCE).isEmpty()) {
            throw new IllegalStateException("threads of the measurement do not end: " + launcher.live());
        }
    }
}
