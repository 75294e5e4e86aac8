package org.leaklab.detect.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;
import org.leaklab.core.live.LiveThreads;

/**
 * Threads that their launcher does not hold for the time of one probe: a collection between {@link #of} and
 * {@link #close()} tells which of them nothing else reaches.
 *
 * <p>The launcher still counts them all, and still lists and ends those that exist. Not safe for use by several
 * threads.
 */
public final class LetGo implements AutoCloseable {

    /** The lists that a probe is under way on. */
    private static final Set<LiveThreads> PROBED = ConcurrentHashMap.newKeySet();

    private final LiveThreads live;
    private final List<Suspect> suspects = new ArrayList<>();
    private boolean closed;

    private LetGo(LiveThreads live) {
        this.live = live;
    }

    /**
     * Lets go of {@linkplain CollectableStart#isCollectable collectable} threads. Whoever calls this must not hold one
     * of them either.
     *
     * @param which the threads to let go of; asked of collectable ones only, and of all before the first is let go of.
     *     What it throws goes to the caller, and every thread stays as it is.
     * @param revive whether a thread that a collection finds unreachable is brought back; only where the collector
     *     leaves stacks of unreachable threads whole for finalizers: G1, Parallel and Serial do
     * @throws IllegalStateException if an earlier answer for this launcher has not been closed
     */
    public static LetGo of(Launcher launcher, Predicate<? super Launched> which, boolean revive) {
        LiveThreads live = Launchers.of(launcher);
        if (!PROBED.add(live)) {
            throw new IllegalStateException("one probe at a time: an earlier one of this launcher is not closed");
        }
        LetGo letGo = new LetGo(live);
        boolean done = false;
        try {
            for (LiveThread thread : chosen(live, which)) {
                letGo.take(thread, revive);
            }
            done = true;
        } finally {
            if (!done) {
                letGo.close();
            }
        }
        return letGo;
    }

    private static List<LiveThread> chosen(LiveThreads live, Predicate<? super Launched> which) {
        List<LiveThread> chosen = new ArrayList<>();
        for (LiveThread thread : live.snapshot(LiveThread.class)) {
            if (CollectableStart.isCollectable(thread) && which.test((Launched) thread)) {
                chosen.add(thread);
            }
        }
        return chosen;
    }

    private void take(LiveThread thread, boolean revive) {
        Suspect suspect = new Suspect(live, thread, revive);
        suspects.add(suspect); // before it stands in: what follows may run out of memory
        if (!live.replace(thread, suspect)) {
            suspects.removeLast();
        } else if (revive) {
            thread.attach(new Sentinel(suspect, thread));
        }
    }

    /** The threads that were let go of. */
    public List<Suspect> suspects() {
        return List.copyOf(suspects);
    }

    /**
     * Takes back every thread that still exists, and forgets those that were collected for good; one that its sentinel
     * is about to bring back is taken back then. What each suspect says is final after this. Does nothing the second
     * time.
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            suspects.forEach(Suspect::takeBack);
            PROBED.remove(live);
        }
    }
}
