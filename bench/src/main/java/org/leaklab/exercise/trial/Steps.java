package org.leaklab.exercise.trial;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Called by the learner's code before each call that may block or wake: {@code StepCalls} puts these calls into its
 * class files. A step delays its thread by what follows from the seed, the name of the thread and the number of the
 * step, and remembers what the thread goes to wait for.
 *
 * <p>A step leaves no trace in the program: an interrupt that comes while it sleeps is kept. Before a {@code park} it
 * does not sleep, because a sleep of a virtual thread may use up the permit that the program gave.
 */
public final class Steps {

    /** After so many steps a thread is only made to yield: loops should not take minutes. */
    private static final int DELAYED = 40;

    private static final long SHORT_NANOS = 1_500_000;
    private static final long LONG_NANOS = 6_000_000;
    private static final int YIELDS = 200;

    /** What a thread went to wait for. */
    record Last(@Nullable Object target, int line) {}

    /** What is known of one thread in this round. */
    private static final class Track {
        final long seed;
        final boolean slow;
        int steps;
        volatile @Nullable Last last;

        Track(long seed) {
            this.seed = seed;
            this.slow = Math.floorMod(seed, 3) == 0;
        }
    }

    private static volatile Map<Thread, Track> tracks = new ConcurrentHashMap<>();
    private static volatile Map<Identity, Thread> holders = new ConcurrentHashMap<>();
    private static volatile long seed;
    private static volatile boolean delays;
    private static final AtomicLong COUNT = new AtomicLong();
    private static final AtomicLong STARTED = new AtomicLong();
    private static volatile long cancelAt = Long.MAX_VALUE;
    private static volatile @Nullable Thread caller;

    /** An object as itself, whatever its {@code equals} says. */
    private record Identity(Object object) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity identity && identity.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    private Steps() {}

    /**
     * Begins a round.
     *
     * @param withDelays whether threads are delayed
     * @param cancelled at which step of all threads together the caller is interrupted; 0 for never
     */
    static void begin(long roundSeed, boolean withDelays, long cancelled, Thread runs) {
        tracks = new ConcurrentHashMap<>();
        holders = new ConcurrentHashMap<>();
        seed = roundSeed;
        delays = withDelays;
        COUNT.set(0);
        STARTED.set(0);
        caller = runs;
        cancelAt = cancelled == 0 ? Long.MAX_VALUE : cancelled;
    }

    /** How many steps all threads have made in this round. */
    static long count() {
        return COUNT.get();
    }

    /** What a thread went to wait for with its last step. */
    static @Nullable Last last(Thread thread) {
        Track track = tracks.get(thread);
        return track == null ? null : track.last;
    }

    /** Who holds the monitor of an object, as far as blocks of the learner's code show. */
    static @Nullable Thread holder(Object monitor) {
        return holders.get(new Identity(monitor));
    }

    /** A step before a call whose target is not known. */
    public static void before(int line) {
        step(null, line, false);
    }

    /** A step before a call on a target. */
    public static void on(@Nullable Object target, int line) {
        step(target, line, false);
    }

    /** A step before a call that parks the thread. */
    public static void park(int line) {
        step(null, line, true);
    }

    /** A step before a {@code synchronized} block. */
    public static void enter(@Nullable Object monitor, int line) {
        step(monitor, line, false);
    }

    /** Called when a {@code synchronized} block was entered. */
    public static void entered(Object monitor) {
        holders.put(new Identity(monitor), Thread.currentThread());
    }

    /** Called before a {@code synchronized} block is left. */
    public static void leave(@Nullable Object monitor) {
        if (monitor != null) {
            holders.remove(new Identity(monitor), Thread.currentThread());
        }
    }

    /** Called before a thread is started. */
    public static void starting() {
        if (STARTED.incrementAndGet() > Round.MOST_THREADS) {
            Trial.startsTooMany();
        }
    }

    /** Called before a call that would end the JVM. */
    public static void exit(int line) {
        Trial.exits(line);
    }

    private static void step(@Nullable Object target, int line, boolean parks) {
        Thread thread = Thread.currentThread();
        Track track = tracks.computeIfAbsent(
                thread, t -> new Track(Setting.mix(seed, t.getName().hashCode())));
        track.last = new Last(target, line);
        track.steps++;
        if (COUNT.incrementAndGet() == cancelAt) {
            Thread toCancel = caller;
            if (toCancel != null) {
                toCancel.interrupt();
            }
        }
        if (delays) {
            delay(track, parks);
        }
    }

    private static void delay(Track track, boolean parks) {
        long chance = Setting.mix(track.seed, track.steps);
        int kind = (int) Math.floorMod(chance, 4L);
        if (kind == 0 && !track.slow) {
            return;
        }
        if (parks) {
            for (int i = 0; i < kind * YIELDS; i++) {
                Thread.yield();
            }
        } else if (track.steps > DELAYED || (kind == 1 && !track.slow)) {
            Thread.yield();
        } else if (kind > 0) {
            long most = track.slow ? LONG_NANOS : SHORT_NANOS;
            sleep(Math.floorMod(chance >>> 8, most));
        }
    }

    private static void sleep(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // for the program, which has not come to its own call yet
        }
    }
}
