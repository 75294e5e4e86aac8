package org.leaklab.scenario;

/** What the lab must do to end a stuck thread; a program that has lost the thread can do none of it. */
public enum EndedBy {
    /** Interrupting it. */
    INTERRUPT,
    /** Closing the socket, server or executor that it waits on. */
    CLOSE,
    /** Only the lab's own {@link Threads#work()}, which stands for work that heeds nothing. */
    WORK
}
