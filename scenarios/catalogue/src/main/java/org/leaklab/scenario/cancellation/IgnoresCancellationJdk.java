package org.leaklab.scenario.cancellation;

import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A computation that is interrupted and never looks at its interrupt flag.
 *
 * <p>{@code Thread.interrupt}, {@code Future.cancel(true)} and {@code ExecutorService.shutdownNow} all interrupt the
 * thread: they set a flag, and wake many of the methods that wait. A loop that computes learns of it only if it reads
 * the flag. Java has no way to stop a thread from outside, so this one takes a processor for ever. A virtual thread
 * also keeps its carrier, because the scheduler never takes a carrier away. If there are as many such threads as
 * carriers, no other virtual thread runs again.
 *
 * <p>In a thread dump the thread is RUNNABLE, in a method of the program, as any busy thread is.
 */
@Leak(
        id = "ignores-cancellation",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        waits = Waits.SPINNING,
        at = "IgnoresCancellationJdk.simulate",
        endedBy = EndedBy.WORK,
        cause = "an interrupt only sets a flag, and the loop never reads it",
        cure = "look at Thread.currentThread().isInterrupted() once a round, and let no round be long",
        notReported = "It computes, and no detector can know that a loop never ends. Count, profile and "
                + "verify show that the thread is there.")
public final class IgnoresCancellationJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var simulation = threads.start("simulation", () -> simulate(threads));
        simulation.thread().interrupt();
    }

    @Override
    public void fixed(Threads threads) {
        var simulation = threads.start("simulation", () -> simulateUntilInterrupted(threads));
        simulation.thread().interrupt();
    }

    private static void simulate(Threads threads) {
        do {
            threads.work();
        } while (true);
    }

    private static void simulateUntilInterrupted(Threads threads) {
        do {
            threads.work();
        } while (!Thread.currentThread().isInterrupted());
    }
}

// java -jar benchmarks.jar run ignores-cancellation --idiom jdk
