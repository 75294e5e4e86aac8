package org.leaklab.core.wait;

/**
 * How a thread waits before it parks: it looks so many times at once, then so many times with so many pauses before
 * each look.
 *
 * <p>The policy depends on the kind of thread. To park and unpark a platform thread costs many times what its peer
 * needs for its answer. A virtual thread parks for little, and while it spins it keeps a carrier busy that its peer may
 * need, so it looks for about a microsecond, and never where there is only one carrier.
 *
 * <p>It also depends on what is waited for. Where values are handed over one by one, the answer should be seen at once,
 * so for the 100 ns in which most come there is no pause. Where they go through a buffer, a thread that looks seldom
 * finds much done: the peer fills or drains a good part of the buffer meanwhile, undisturbed, and both then work on
 * without a wait.
 *
 * <p>The numbers are those that measured best on two processors with a pause of 25 ns; half or twice as many made
 * little difference.
 */
enum Spin {
    NONE(0, 0, 0),
    PLATFORM_SHORT(0, 100, 1),
    PLATFORM_HAND_OVER(100, 400, 1),
    PLATFORM_BATCH(0, 5, 80),
    VIRTUAL_HAND_OVER(100, 32, 1),
    VIRTUAL_PROBE(100, 200, 1),
    VIRTUAL_BATCH(0, 1, 40);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int CARRIERS = Integer.getInteger("jdk.virtualThreadScheduler.parallelism", PROCESSORS);
    private static final int YIELDS = 5;

    private final int looksAtOnce;
    private final int looks;
    private final int pauses;

    Spin(int looksAtOnce, int looks, int pauses) {
        this.looksAtOnce = looksAtOnce;
        this.looks = looks;
        this.pauses = pauses;
    }

    /**
     * The policy for a wait.
     *
     * @param handOver whether it ends as soon as one other thread comes to the same place
     * @param skip whether spinning there went wrong lately, and this wait leaves it out
     * @param probe whether it went wrong lately, and this wait tries again: for long enough that a peer which has to be
     *     woken first can answer, for else both would go on parking in turn
     */
    static Spin of(Thread thread, boolean handOver, boolean skip, boolean probe) {
        if (thread.isVirtual()) {
            if (CARRIERS == 1 || skip) {
                return NONE;
            }
            return !handOver ? VIRTUAL_BATCH : probe ? VIRTUAL_PROBE : VIRTUAL_HAND_OVER;
        }
        if (PROCESSORS == 1) {
            return NONE;
        }
        return skip ? PLATFORM_SHORT : handOver ? PLATFORM_HAND_OVER : PLATFORM_BATCH;
    }

    /** Whether something is learned of it: where it went wrong lately, the few looks of a platform thread are not. */
    boolean isTrial() {
        return this != NONE && this != PLATFORM_SHORT;
    }

    /** Spins on the waiter's own thread; true if that was enough. */
    boolean until(Waiter waiter) {
        for (int look = 0; look < looksAtOnce; look++) {
            if (waiter.isDone()) {
                return true;
            }
        }
        for (int look = 0; look < looks; look++) {
            for (int pause = 0; pause < pauses; pause++) {
                Thread.onSpinWait();
            }
            if (waiter.isDone()) {
                return true;
            }
        }
        return false;
    }

    /** Gives up the processor a few times, for a platform thread whose peer has none; true if that was enough. */
    static boolean yieldUntil(Waiter waiter) {
        for (int i = 0; i < YIELDS; i++) {
            Thread.yield();
            if (waiter.isDone()) {
                return true;
            }
        }
        return false;
    }
}
