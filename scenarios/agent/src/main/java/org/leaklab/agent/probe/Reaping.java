package org.leaklab.agent.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Interrupts threads that are certain to be leaked, so that they run their {@code finally} blocks and end. Nothing else
 * is interrupted: a thread that is not where the probe has seen it any more is left alone.
 */
final class Reaping {

    /** What became of a thread. */
    enum Outcome {
        /** It has ended. */
        ENDED,
        /** It is alive, and does something else than before. */
        WENT_ON,
        /** It waits again where it did before. */
        IGNORED
    }

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Map<Long, Find> wanted = new HashMap<>();
    private final int most;
    private final Life life;
    private final Map<Thread, Find> interrupted = new HashMap<>();

    private Reaping(List<Find> finds, int most, Life life) {
        finds.forEach(each -> wanted.put(each.id(), each));
        this.most = most;
        this.life = life;
    }

    /**
     * Interrupts some of these, and waits up to two seconds until they have ended.
     *
     * @return what became of each, by its identifier
     */
    static Map<Long, Outcome> of(List<Find> finds, int most, List<LauncherLists> launchers, Life life)
            throws InterruptedException {
        if (most == 0 || finds.isEmpty()) {
            return Map.of();
        }
        Reaping reaping = new Reaping(finds, most, life);
        reaping.interruptIn(Jdk.uncontained());
        for (Object container : Arming.containers()) {
            Set<Thread> set = Jdk.set(container);
            reaping.interruptIn(set == null ? Set.of() : set);
        }
        reaping.interruptIn(LauncherLists.entries(launchers).keySet());
        return reaping.outcomes();
    }

    private void interruptIn(Set<Thread> set) {
        List<Thread> chosen = new ArrayList<>();
        for (Thread thread : set) {
            Find find = wanted.get(thread.threadId());
            if (find != null
                    && !interrupted.containsKey(thread)
                    && interrupted.size() + chosen.size() < most
                    && isStill(thread, find)) {
                chosen.add(thread);
            }
        }
        for (Thread thread : chosen) { // its end takes it out of the set
            life.sign();
            interrupted.put(thread, wanted.get(thread.threadId()));
            thread.interrupt();
        }
    }

    private static boolean isStill(Thread thread, Find find) {
        return Jdk.isParked(thread) && find.isAt(LockSupport.getBlocker(thread), thread.getStackTrace());
    }

    private Map<Long, Outcome> outcomes() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (interrupted.keySet().stream().anyMatch(Thread::isAlive) && System.nanoTime() - deadline < 0) {
            life.sign();
            Thread.sleep(1);
        }
        Map<Long, Outcome> outcomes = new HashMap<>();
        interrupted.forEach((thread, find) -> outcomes.put(
                find.id(),
                !thread.isAlive() ? Outcome.ENDED : isStill(thread, find) ? Outcome.IGNORED : Outcome.WENT_ON));
        return outcomes;
    }
}
