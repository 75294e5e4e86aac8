package org.leaklab.core;

import java.util.SplittableRandom;

/** Something through which items pass in many ways at once. */
interface Traffic {

    /** Does something at random, and tells the tally about every item that it sent or received. */
    void step(SplittableRandom random, Context context, Tally tally) throws InterruptedException;

    /** Closes it while others are at it: no step blocks from now on. */
    void close();

    /** Receives what is left after all others have ended. */
    void drain(Tally tally);

    /** How many waiters there are, living or left behind. */
    int waiting();
}
