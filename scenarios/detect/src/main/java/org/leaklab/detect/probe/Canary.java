package org.leaklab.detect.probe;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;

/**
 * A thread that is leaked on purpose for one probe, started as all others are: a probe that does not find it would find
 * nothing, and says so instead of reporting no leak.
 */
public final class Canary implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The lists of their launchers, for {@link #isIn}. */
    private static final Set<LiveThreads> OWN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final Launcher launcher = Launcher.of(ThreadKind.VIRTUAL, 1);
    private final LetGo letGo;

    private Canary(boolean revive) throws InterruptedException {
        OWN.add(Launchers.of(launcher));
        CollectableStart.attach(launcher);
        @Nullable LetGo let = null;
        try {
            start();
            let = LetGo.of(launcher, Canary::waits, revive);
        } finally {
            if (let == null) {
                launcher.close();
            }
        }
        letGo = let;
    }

    /** Whether this list has a canary in it, and no thread of the program. */
    public static boolean isIn(LiveThreads live) {
        return OWN.contains(live);
    }

    /** Starts one, and lets go of it once it waits. */
    public static Canary letGo(boolean revive) throws InterruptedException {
        return new Canary(revive);
    }

    /**
     * In a method of its own, so that no frame of the prober's keeps the thread. Where no carrier is free it does not
     * come to wait, and is not found.
     */
    private void start() throws InterruptedException {
        launcher.start("canary", () -> Channel.nil().receive());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!launcher.live().stream().allMatch(Canary::waits) && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
    }

    private static boolean waits(Launched launched) {
        return launched.thread().getState() == Thread.State.WAITING;
    }

    /** Whether the collection has found it; with revival, whether it came back too. */
    public boolean isFound(boolean revive) {
        return waits() && letGo.suspects().stream().allMatch(suspect -> found(suspect, revive));
    }

    private static boolean found(Suspect suspect, boolean revive) {
        return suspect.isLeaked() && (!revive || suspect.revived() != null);
    }

    /** Whether it came to wait, and so can be found at all. */
    public boolean waits() {
        return !letGo.suspects().isEmpty();
    }

    /**
     * Takes it back and ends it. Where no carrier is free it ends, interrupted as it is, when one gets free. An
     * interrupt of the caller ends the wait; the flag is then set again.
     */
    @Override
    public void close() {
        letGo.close();
        try {
            launcher.shutdownNow(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
