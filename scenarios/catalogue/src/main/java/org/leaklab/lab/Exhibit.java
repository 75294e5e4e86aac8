package org.leaklab.lab;

import java.time.Duration;
import org.leaklab.core.Launcher;
import org.leaklab.detect.Reachability;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/** A cell that has run and is kept as it is, to be looked at, until it is closed. */
public final class Exhibit implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Threads threads;

    private Exhibit(Threads threads) {
        this.threads = threads;
    }

    /**
     * Runs a cell on the calling thread and returns when its expected threads are left, or after ten seconds.
     *
     * @throws IllegalArgumentException if the scenario needs a JVM of its own
     * @throws Exception what the cell throws, other than its wrong answer; what it has started is freed before
     */
    public static Exhibit of(Cell cell) throws Exception {
        if (cell.scenario().leak().ownJvm().length > 0) {
            throw new IllegalArgumentException(
                    cell.scenario().leak().id() + " runs in a JVM of its own, which nothing can serve from here");
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

    /** The launcher of its threads. */
    public Launcher threads() {
        return threads.launcher();
    }

    /** Frees its threads. */
    @Override
    public void close() {
        threads.close();
    }
}
