package org.leaklab.lab;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether looks have agreed for so long that nothing will move any more. A thread that was woken and has no processor
 * yet looks as if it still waited. So on a busy machine time alone says nothing: many looks must agree, and who looks
 * must have a processor meanwhile.
 *
 * <p>Where looks are slow, because there are many threads, {@value #SLOW_LOOKS} are enough, if they agree for
 * {@value #LOOKS} times as long.
 *
 * <p>Used by one thread, which calls {@link #begin} and {@link #end} in turn.
 */
final class Agreement {

    /** How many looks must agree, at least. */
    static final int LOOKS = 20;

    static final int SLOW_LOOKS = 3;

    /** If a pause between two looks lasts longer than this, they begin anew. */
    static final long GAP_MILLIS = 50;

    private final long length;
    private final LongSupplier nanos;
    private int looks;
    private long since;
    private long endedAt;

    /**
     * @param length for how long looks must agree, in nanoseconds
     * @param nanos the time, as {@link System#nanoTime()}
     */
    Agreement(long length, LongSupplier nanos) {
        this.length = length;
        this.nanos = nanos;
    }

    /** A look begins. */
    void begin() {
        if (nanos.getAsLong() - endedAt > TimeUnit.MILLISECONDS.toNanos(GAP_MILLIS)) {
            looks = 0;
        }
    }

    /**
     * A look ends.
     *
     * @param same whether it found the same as the one before
     * @return whether looks have agreed for long enough
     */
    boolean end(boolean same) {
        endedAt = nanos.getAsLong();
        if (!same || looks == 0) {
            looks = 0;
            since = endedAt;
        }
        looks++;
        long lasts = endedAt - since;
        return lasts >= length && (looks >= LOOKS || (looks >= SLOW_LOOKS && lasts >= LOOKS * length));
    }
}
