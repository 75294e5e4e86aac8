package org.leaklab.detect;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.LaunchObserver;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;

/**
 * Counts what started and has not finished. It sees every thread of the launchers it watches, of both kinds, and no
 * other; it cannot tell a stuck thread from a busy one, only an old one from a young one.
 *
 * <p>Invariant: a thread is in the registry from its start until its end, if it was started while the registry was
 * attached.
 */
public final class ThreadRegistry implements LaunchObserver, AutoCloseable {

    private final Launcher launcher;
    private final Set<Launched> live = ConcurrentHashMap.newKeySet();

    private ThreadRegistry(Launcher launcher) {
        this.launcher = launcher;
    }

    /** Watches a launcher until closed. Threads that were started before are not in it. */
    public static ThreadRegistry watch(Launcher launcher) {
        ThreadRegistry registry = new ThreadRegistry(launcher);
        launcher.attach(registry);
        return registry;
    }

    @Override
    public void started(Launched launched) {
        live.add(launched);
    }

    @Override
    public void finished(Launched launched, @Nullable Throwable failure) {
        live.remove(launched);
    }

    /** How many threads started and have not finished. */
    public int count() {
        return live.size();
    }

    /** Those that started at least so long ago and have not finished, the oldest first. */
    public List<Launched> olderThan(Duration age) {
        long now = System.nanoTime();
        return live.stream()
                .filter(launched -> now - launched.startedAt() >= age.toNanos())
                .sorted(Comparator.comparingLong(Launched::startedAt))
                .toList();
    }

    /** Stops watching; nothing stays attached. */
    @Override
    public void close() {
        launcher.detach(this);
        live.clear();
    }
}
