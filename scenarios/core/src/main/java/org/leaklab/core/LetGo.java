package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Threads that their launcher holds weakly for the time of one probe: a collection between {@link Launcher#letGo} and
 * {@link #close()} tells which of them nothing else reaches.
 *
 * <p>The launcher still counts them all, and still lists and releases those that exist. Not safe for use by several
 * threads.
 */
public final class LetGo implements AutoCloseable {

    private final LiveThreads live;
    private final List<Suspect> suspects;
    private final Runnable over;
    private boolean closed;

    /**
     * Lets go of threads.
     *
     * @param over what to do once they have been taken back
     */
    LetGo(LiveThreads live, Predicate<? super Launched> which, boolean revive, Runnable over) {
        this.live = live;
        this.over = over;
        List<Suspect> letGo = new ArrayList<>();
        for (Launched launched : live.snapshot()) {
            Launch launch = (Launch) launched;
            if (launch.isCollectable() && which.test(launch)) {
                Suspect suspect = new Suspect(launch, revive);
                if (live.letGo(launch, suspect)) {
                    letGo.add(suspect);
                    launch.sentinel = revive ? new Sentinel(suspect, launch) : null;
                }
            }
        }
        suspects = List.copyOf(letGo);
    }

    /** The threads that were let go of. */
    public List<Suspect> suspects() {
        return suspects;
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
            suspects.forEach(suspect -> takeBack(live, suspect));
            over.run();
        }
    }

    static void takeBack(LiveThreads live, Suspect suspect) {
        Launch launch = suspect.launch();
        if (launch != null && launch.sentinel != null) {
            launch.sentinel.disarm();
            launch.sentinel = null;
        }
        live.takeBack(suspect);
    }
}
