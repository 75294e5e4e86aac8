package org.leaklab.core.wait;

/**
 * When a wait spins before it parks: a primitive learns from how its last spins went. How long a spin is says
 * {@link Spin}.
 *
 * <p>It spins less and less often where that goes wrong:
 *
 * <pre>{@code
 *      at first: 8 skips
 *             |
 *             v
 *       +----------+   a wait comes: it parks early,
 * +---> | skipping |--+  one skip fewer
 * |     +----------+<-+
 * |           |
 * |           | a wait comes, no skip is left: it spins
 * |           v
 * |     +----------+    woken in time     +-----+
 * |     |  trial   | -------------------> | hit |
 * |     +----------+ <------------------- +-----+
 * |       |      ^     a wait comes: half the misses are forgotten
 * |       |      |
 * |  in   |      |  a wait comes, 1 to 4 misses are remembered
 * |  vain v      |
 * |     +----------+
 * +-----|   miss   |  one miss more, 14 at most
 *       +----------+
 *   5 to 14 misses: 2, 4, 8 ... 1024 skips
 * }</pre>
 *
 * <p>A hit is not written down when it happens: the peer, which brought it about, is at work with this object. If a
 * spin was not counted as a miss, it was a hit; the next trial sees that. Several waits may spin here at once; then
 * their hits and misses mix, and the policy is only as good as its last experience.
 *
 * <p>While any misses are remembered, a virtual thread spins longer, because its peer may still be parking by an
 * experience of its own.
 *
 * <p>A superclass of the line of waiters, and not an object beside it, because lock, line and experience should share a
 * cache line (see {@link WaitQueue}).
 */
abstract class SpinPolicy extends ShortLock {

    /** So many waits give up early before the first one spins: what is used once is not worth it. */
    private static final int FIRST_SKIPS = 8;

    private static final int FREE_MISSES = 4;
    private static final int MOST_MISSES = FREE_MISSES + 10;

    // how spinning went lately: guarded by the lock, but a miss is counted without it; it does not matter if one is
    // lost
    private int misses;
    private int skips = FIRST_SKIPS;
    private boolean spinning;

    /** Whether a wait ends as soon as one other thread comes to the same place. */
    protected boolean handsOver() {
        return false;
    }

    /** Chooses, under the lock, how a wait will {@linkplain #spin spin}. */
    final void chooseSpin(Waiter waiter) {
        boolean skip = skips > 0;
        if (skip) {
            skips--;
        } else {
            if (spinning) {
                misses /= 2;
            }
            spinning = true;
        }
        waiter.spin = Spin.of(waiter.thread(), handsOver(), skip, misses > 0);
    }

    /**
     * Waits a moment before parking, on the waiter's own thread; true if that was enough. A hit writes nothing here.
     */
    final boolean spin(Waiter waiter) {
        boolean hit = waiter.spin.until(waiter);
        if (!hit && waiter.spin.isTrial()) {
            missed();
        }
        return hit || (!waiter.thread().isVirtual() && Spin.yieldUntil(waiter));
    }

    private void missed() {
        spinning = false;
        misses = Math.min(misses + 1, MOST_MISSES);
        skips = misses <= FREE_MISSES ? 0 : 1 << (misses - FREE_MISSES);
    }
}
