package org.leaklab.core.live;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Stands for a thread that a probe of another class loader has let go of, and holds it weakly. */
final class WeakStandIn extends StandIn {

    private final Ref thread;
    private final long threadId;

    /** A class of its own, so that the probe can tell that no code of the program looks through it. */
    private static final class Ref extends WeakReference<LiveThread> {
        Ref(LiveThread thread) {
            super(thread);
        }
    }

    WeakStandIn(LiveThread thread) {
        this.thread = new Ref(thread);
        this.threadId = thread.threadId();
    }

    @Override
    public long threadId() {
        return threadId;
    }

    @Override
    protected @Nullable LiveThread listed() {
        return thread.get();
    }

    @Override
    protected void threadEnded() {}
}
