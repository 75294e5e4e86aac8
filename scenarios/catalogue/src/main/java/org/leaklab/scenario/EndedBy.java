package org.leaklab.scenario;

/** How the lab ends a stuck thread. A program that has lost the thread cannot do this. */
public enum EndedBy {
    /** The lab interrupts the thread. */
    INTERRUPT,
    /** The lab closes the socket, server or executor that the thread waits on. */
    CLOSE,
    /** The lab makes {@link Threads#work()} throw. The thread ignores everything else. */
    WORK,
    /** Nothing ends the thread. The lab runs the scenario in a JVM of its own, and ends that JVM. */
    JVM
}
