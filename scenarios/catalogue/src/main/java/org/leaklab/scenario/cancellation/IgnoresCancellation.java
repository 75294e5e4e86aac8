package org.leaklab.scenario.cancellation;

import org.leaklab.core.Context;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A computation that has a context and never looks at it.
 *
 * <p>Cancelling a context, and interrupting a thread, sets a flag that the other side has to read. A loop that only
 * computes reads neither. It does not block, so no wait can throw an exception, and Java has no way to stop a thread
 * from outside. It takes a processor for ever. A virtual thread also keeps its carrier, because the scheduler never
 * takes a carrier away. If there are as many such threads as carriers, no other virtual thread runs again.
 *
 * <p>In Go: {@code go func() { for { step() } }()} beside a {@code ctx} that is cancelled. Go preempts such a goroutine
 * since 1.14, so the others go on.
 */
@Leak(
        id = "ignores-cancellation",
        family = Family.CANCELLATION,
        stuck = 1,
        waits = Waits.SPINNING,
        at = "IgnoresCancellation.Simulation.run",
        endedBy = EndedBy.WORK,
        cause = "cancelling only sets a flag, and the loop never reads it",
        cure = "look at the context once a round, and let no round be long",
        notReported = "It computes, and no detector can know that a loop never ends. Count, profile and "
                + "verify show that the thread is there.")
public final class IgnoresCancellation implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Context request = Context.background().withCancel();
        threads.start("simulation", new Simulation(threads, request)::run);
        request.cancel();
    }

    @Override
    public void fixed(Threads threads) {
        Context request = Context.background().withCancel();
        threads.start("simulation", new Simulation(threads, request)::runUntilDone);
        request.cancel();
    }

    private record Simulation(Threads threads, Context context) {

        void run() {
            do {
                threads.work();
            } while (true);
        }

        void runUntilDone() {
            do {
                threads.work();
            } while (!context.isDone());
        }
    }
}

// java -jar benchmarks.jar run ignores-cancellation --idiom channel
