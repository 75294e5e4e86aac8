package org.leaklab.field;

/**
 * What a JVM does while {@code detect} looks at it. An implementation says with {@link Expected} what it should find.
 */
public interface Program {

    /**
     * Starts all threads and returns when they are where they should be seen, or are sure to get there by themselves.
     *
     * @param threads starts threads of the kind that the run asks for
     */
    void start(Threads threads) throws Exception;

    /** Keeps the main thread, for as long as the process lives. */
    default void stay() throws InterruptedException {
        while (true) {
            Thread.sleep(1000);
        }
    }
}
