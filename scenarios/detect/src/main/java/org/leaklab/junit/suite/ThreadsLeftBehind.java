package org.leaklab.junit.suite;

/** Why the test of a suite fails. The stacks that matter are in the message. */
final class ThreadsLeftBehind extends AssertionError {

    private static final long serialVersionUID = 1L;

    ThreadsLeftBehind(String message) {
        super(message);
        setStackTrace(new StackTraceElement[0]);
    }
}
