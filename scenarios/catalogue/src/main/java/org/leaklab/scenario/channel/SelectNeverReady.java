package org.leaklab.scenario.channel;

import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Select;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A worker that selects on a job and on the end of its context. Neither can ever come.
 *
 * <p>A select waits until one of its clauses is ready. No thread sends jobs, and the background context is never done:
 * its {@linkplain Context#done() channel} is nil. The select looks as if it could be stopped, but it cannot. The worker
 * keeps its stack.
 *
 * <p>In Go: {@code select { case job := <-jobs: run(job); case <-context.Background().Done(): }}.
 */
@Leak(
        id = "select-never-ready",
        family = Family.CHANNEL,
        stuck = 1,
        at = "Select.run",
        cause = "nobody sends on the one channel, and the other is the background context's, which is nil",
        cure = "give every select a clause that its owner can make ready: a context that is cancelled, or a timeout")
public final class SelectNeverReady implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Channel<String> jobs = Channel.unbuffered();
        try (Context context = Context.background()) {
            threads.start(
                    "worker",
                    () -> new Select<String>()
                            .onReceive(jobs, job -> "did " + job)
                            .onDone(context, () -> "stopped")
                            .run());
        }
    }

    @Override
    public void fixed(Threads threads) {
        Channel<String> jobs = Channel.unbuffered();
        try (Context context = Context.background().withCancel()) {
            threads.start(
                    "worker",
                    () -> new Select<String>()
                            .onReceive(jobs, job -> "did " + job)
                            .onDone(context, () -> "stopped")
                            .run());
        }
    }
}

// java -jar benchmarks.jar run select-never-ready --idiom channel
