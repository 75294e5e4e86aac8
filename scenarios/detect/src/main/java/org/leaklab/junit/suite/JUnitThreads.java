package org.leaklab.junit.suite;

import org.leaklab.detect.ThreadSnapshot;

/** Tells the threads that JUnit starts for itself from those of tests. */
public final class JUnitThreads {

    static final String TIMER = "junit-jupiter-timeout-watcher";

    private JUnitThreads() {}

    /** Whether a thread runs tests in parallel. JUnit may start one more while a test runs. */
    public static boolean isWorker(Thread thread) {
        return thread.getClass().getName().startsWith("org.junit.platform.");
    }

    /** Whether a thread watches over {@code @Timeout}. The first test with one starts it, and it stays. */
    public static boolean isTimer(ThreadSnapshot thread) {
        return thread.name().equals(TIMER) && thread.firstOwnFrame().isEmpty();
    }
}
