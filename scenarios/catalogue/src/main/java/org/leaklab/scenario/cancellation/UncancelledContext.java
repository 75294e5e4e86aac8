package org.leaklab.scenario.cancellation;

import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.SendChannel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A worker that is given the background context instead of its parent's.
 *
 * <p>The request reads one row of the query and ends, and its context is cancelled with it. A cancel reaches only the
 * contexts below, and the background context is the root: it is never done. So the query never learns that its rows are
 * no longer read. It waits for ever to send the second row, and keeps its cursor and its connection.
 *
 * <p>In Go: {@code ctx, cancel := context.WithCancel(parent); defer cancel(); go query(context.Background(), rows);
 * return <-rows}.
 */
@Leak(
        id = "uncancelled-context",
        family = Family.CANCELLATION,
        stuck = 1,
        at = "Channel.send",
        cause = "the worker has the background context, which the cancelling of its parent does not reach",
        cure = "pass on the context that you were given; make a background context at the root of the program only",
        unlike = "context-not-propagated: there the task also answers wrongly, because it does not know for whom it"
                + " works")
public final class UncancelledContext implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> rows = Channel.unbuffered();
        try (Context request = Context.background().withCancel()) {
            threads.start("query", () -> query(Context.background(), rows));
            rows.receive(request); // one row is enough
        }
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> rows = Channel.unbuffered();
        try (Context request = Context.background().withCancel()) {
            threads.start("query", () -> query(request, rows));
            rows.receive(request); // one row is enough
        }
    }

    /** Sends row after row while its context lasts. */
    private static void query(Context context, SendChannel<String> rows) throws InterruptedException {
        for (int number = 1; ; number++) {
            rows.send(context, "row " + number);
        }
    }
}

// java -jar benchmarks.jar run uncancelled-context --idiom channel
