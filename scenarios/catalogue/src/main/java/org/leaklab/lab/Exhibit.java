package org.leaklab.lab;

import java.time.Duration;
import java.util.function.Consumer;
import org.leaklab.core.Launcher;
import org.leaklab.detect.Reachability;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/** A cell that has run. Its threads are kept as they are, so that others can look at them, until it is closed. */
public final class Exhibit implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Threads threads;
    private final int expected;
    private final Look look;

    private Exhibit(Cell cell) {
        this.threads = Threads.of(cell.kind());
        this.expected = cell.expectedStuck(Runtime.version().feature());
        this.look = new Look(cell.scenario().leak());
    }

    /**
     * Runs a cell on the calling thread. Returns as soon as the expected threads are stuck and no others are left.
     *
     * @throws IllegalArgumentException if the scenario needs a JVM of its own
     * @throws IllegalStateException if that does not come about within ten seconds; the threads are ended before
     * @throws Exception if the scenario throws it, except a wrong answer that is expected; the threads are ended before
     */
    public static Exhibit of(Cell cell) throws Exception {
        return of(cell, threads -> {});
    }

    /**
     * The same for somebody who looks on while the cell runs.
     *
     * @param before gets the launcher before the first thread is started
     */
    public static Exhibit of(Cell cell, Consumer<Launcher> before) throws Exception {
        if (cell.needsOwnJvm()) {
            throw new IllegalArgumentException(
                    cell.name() + " runs in a JVM of its own, so this JVM cannot serve its threads");
        }
        Surroundings around = Surroundings.before();
        Exhibit exhibit = new Exhibit(cell);
        boolean kept = false;
        try {
            Reachability.prepare(exhibit.threads());
            before.accept(exhibit.threads());
            exhibit.threads.onFailure((launched, failure) -> {}); // an exhibit is looked at, not judged
            for (int i = 0; i < cell.count(); i++) {
                run(cell, exhibit.threads);
            }
            Settling.Result settled = new Settling(exhibit.threads(), cell, around).await(PATIENCE);
            if (settled.stuck().size() != exhibit.expected
                    || !settled.complaints().isEmpty()) {
                throw new IllegalStateException(cell + " should leave " + exhibit.expected + " threads stuck, but "
                        + settled.stuck().size() + " are: " + String.join("; ", settled.complaints()));
            }
            boolean ignored = exhibit.isAtItsPlaces(); // it knows from now on what the threads wait for
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
     * The cheap look of {@link Cycle}: whether the threads are stuck, by their states and by what they are parked on.
     */
    public boolean isStuck() {
        return look.isStuck(threads(), expected) && look.staysStuck(threads(), expected);
    }

    /**
     * The thorough look of {@link Cycle}: whether the threads are stuck at the places that the class names, by stack.
     */
    public boolean isAtItsPlaces() {
        return look.atPlaces(threads(), expected) && look.staysStuck(threads(), expected);
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
