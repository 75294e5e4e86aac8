package org.leaklab.core;

import java.util.List;

/**
 * Threads that their launcher holds weakly for the time of one probe: a collection between {@link Launcher#letGo} and
 * {@link #close()} tells which of them nothing else reaches.
 *
 * <p>The launcher still counts them all, and still lists and releases those that exist. Not safe for use by several
 * threads.
 */
public final class LetGo implements AutoCloseable {

    private final Launcher launcher;
    private final List<Suspect> suspects;
    private boolean closed;

    LetGo(Launcher launcher, List<Suspect> suspects) {
        this.launcher = launcher;
        this.suspects = List.copyOf(suspects);
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
            launcher.endProbe(suspects);
        }
    }
}
