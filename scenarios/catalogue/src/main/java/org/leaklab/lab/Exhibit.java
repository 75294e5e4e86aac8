package org.leaklab.lab;

import java.time.Duration;
import org.leaklab.core.Launcher;
import org.leaklab.detect.Reachability;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/** A cell that has run. Its threads are kept as they are, so that others can look at them, until it is closed. */
public final class Exhibit implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Threads threads;

    private Exhibit(Threads threads) {
        this.threads = threads;
    }

    /**
     * Runs a cell on the calling thread. Returns as soon as no more threads are left than expected, or after ten
     * seconds.
     *
     * @throws IllegalArgumentException if the scenario needs a JVM of its own
     * @throws Exception if the scenario throws it, except a wrong answer that is expected; the threads are ended before
     */
    public static Exhibit of(Cell cell) throws Exception {
        if (cell.scenario().leak().ownJvm().length > 0) {
            throw new IllegalArgumentException(
                    cell.scenario().leak().id() + " runs in a JVM of its own, so this JVM cannot serve its threads");
        }
        Exhibit exhibit = new Exhibit(Threads.of(cell.kind()));
        boolean kept = false;
        try {
            Reachability.prepare(exhibit.threads());
            exhibit.threads.onFailure((launched, failure) -> {}); // an exhibit is looked at, not judged
            for (int i = 0; i < cell.count(); i++) {
                run(cell, exhibit.threads);
            }
            exhibit.threads().awaitLive(cell.expectedStuck(Runtime.version().feature()), PATIENCE);
            kept = true;
            return exhibit;
        } finally {
            if (!kept) {
                exhibit.close();
            }
        }
    }

    private static void run(Cell cell, Threads threads) throws Exception {
        try {
            cell.variant().run(cell.scenario(), threads);
        } catch (WrongAnswer wrong) {
            if (!cell.expectsWrongAnswer()) {
                throw wrong;
            }
        }
    }

    /** The launcher of the cell's threads. */
    public Launcher threads() {
        return threads.launcher();
    }

    /**
     * Ends the threads, and waits at most ten seconds for their end.
     *
     * @throws IllegalStateException if a thread has not ended after ten seconds
     */
    @Override
    public void close() {
        threads.close();
    }
}
