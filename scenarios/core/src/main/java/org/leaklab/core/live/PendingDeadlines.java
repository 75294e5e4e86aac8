package org.leaklab.core.live;

import java.util.function.LongUnaryOperator;

/**
 * The deadlines of contexts that are still to come, for an observer that asks whether one of them may wake a thread.
 * They have numbers, in the order in which they were set.
 */
public final class PendingDeadlines {

    /** Answers from the number of the last deadline that does not count; set before there is a deadline. */
    private static volatile LongUnaryOperator timer = last -> 0;

    private static volatile long last;

    private PendingDeadlines() {}

    /** The core's timer says how it counts the pending deadlines with a number above a given one. */
    public static void countedBy(LongUnaryOperator countAfter) {
        timer = countAfter;
    }

    /** The core's timer says that a deadline was set; it calls this under its lock. */
    public static long next() {
        return ++last;
    }

    /** The number of the deadline that was set last, or 0. */
    public static long last() {
        return last;
    }

    /** How many deadlines that were set after one with that number are still to come. */
    public static long setAfter(long number) {
        return timer.applyAsLong(number);
    }
}
