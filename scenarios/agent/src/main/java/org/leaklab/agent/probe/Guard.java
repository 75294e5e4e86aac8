package org.leaklab.agent.probe;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the set of an executor or scope while its threads are let go of. It is a thread that is never started, so
 * no thread dump shows it. An executor that is shut down meanwhile does not find its set empty, and so waits for its
 * threads as before. If somebody interrupts all threads of the set meanwhile, the guard remembers it for those that are
 * not there.
 *
 * <p>Only its container reaches it, so its finalizer runs if a collection finds the container unreachable.
 */
final class Guard extends Thread {

    private final Object container;
    private final Round round;
    private volatile boolean interruptsAll;
    private boolean removed; // guarded by this

    /** The next one that finalizers brought back. */
    @Nullable
    Guard next;

    Guard(Object container, Round round) {
        super(null, null, "leaklab-live-guard", 0, false);
        this.container = container;
        this.round = round;
    }

    void enter() {
        Set<Thread> set = Jdk.set(container);
        if (set != null) {
            set.add(this);
        }
    }

    /** Called by who interrupts all threads of an executor or scope. */
    @Override
    public void interrupt() {
        interruptsAll = true;
    }

    /**
     * Leaves the set, once all threads are back, and makes up for what it has held back. Does nothing the second time.
     *
     * @param letGo whether a thread was out of its set; the others were interrupted by who interrupts all
     */
    synchronized void leave(Predicate<Thread> letGo) {
        Set<Thread> set = Jdk.set(container);
        if (removed || set == null) {
            return;
        }
        set.remove(this);
        if (interruptsAll) {
            for (Thread thread : set) {
                if (letGo.test(thread) && !thread.isInterrupted()) {
                    thread.interrupt();
                }
            }
        }
        Jdk.tryTerminate(container);
        Jdk.repairRegistration(container);
        removed = true;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"})
    protected void finalize() {
        round.revived(this);
    }
}
