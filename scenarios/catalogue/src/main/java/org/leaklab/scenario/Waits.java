package org.leaklab.scenario;

/** How a stuck thread spends its time. */
public enum Waits {
    /** It waits without a limit: {@link Thread.State#WAITING}. */
    PARKED,
    /** It sleeps or waits with a timeout, wakes, and does so again: mostly {@link Thread.State#TIMED_WAITING}. */
    SLEEPING,
    /** It computes and ends never; a virtual one keeps its carrier. */
    SPINNING,
    /**
     * It is in a system call on a socket: a platform thread looks {@link Thread.State#RUNNABLE}, a virtual one parks.
     */
    SOCKET
}
