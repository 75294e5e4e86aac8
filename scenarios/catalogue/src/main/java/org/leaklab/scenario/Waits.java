package org.leaklab.scenario;

/** How a stuck thread spends its time. */
public enum Waits {
    /** It waits without a time limit, in state {@link Thread.State#WAITING} or {@link Thread.State#BLOCKED}. */
    PARKED,
    /**
     * It sleeps or waits with a timeout, wakes, and does so again. Mostly it is in state
     * {@link Thread.State#TIMED_WAITING}.
     */
    SLEEPING,
    /** It computes and never ends. A virtual thread also keeps its carrier. */
    SPINNING,
    /**
     * It waits for a socket. A platform thread is in a system call, so its state is {@link Thread.State#RUNNABLE}. A
     * virtual thread parks.
     */
    SOCKET,
    /**
     * It waits for another process: for its end, or for what it prints. A thread that reads is in a system call, so its
     * state is {@link Thread.State#RUNNABLE}; so is a virtual one, which keeps its carrier.
     */
    PROCESS,
    /**
     * It waits for the end of a class initializer that another thread runs. The JVM does not show this in the state:
     * mostly it is {@link Thread.State#RUNNABLE}.
     */
    INITIALIZER
}
