package org.leaklab.field.healthy;

import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Does nothing: the main thread sleeps. */
@Expected(value = Answer.HEALTHY, after = "the main thread sleeps")
public final class MainSleeps implements Program {

    @Override
    public void start(Threads threads) {
        // nothing to start
    }
}
