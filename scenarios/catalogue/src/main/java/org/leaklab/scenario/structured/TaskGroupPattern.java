package org.leaklab.scenario.structured;

import java.io.IOException;
import java.util.List;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.pattern.InvokeAll;
import org.leaklab.pattern.Work;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Three tasks of one request. One fails, and the other two wait for the value that it should send them.
 *
 * <p>Each task runs under the background context, which is never done, and an empty catch block swallows the error of
 * the first. So nothing cancels the other two: they wait for the rate for ever, and keep the whole request on their
 * stacks. In a group the first failure cancels the other tasks and reaches the caller.
 *
 * <p>In Go: {@code for _, q := range queries { go func() { _ = q(context.Background()) }() }} instead of an
 * {@code errgroup.WithContext}.
 */
@Leak(
        id = "task-group",
        family = Family.STRUCTURED,
        stuck = 2,
        at = "Channel.receive",
        cause = "the siblings run on the background context and the error is swallowed, so nobody cancels them",
        cure = "fork tasks that belong together in one group, so that the first failure cancels the rest")
public final class TaskGroupPattern implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Channel<Integer> rate = Channel.unbuffered();
        List<Work<Integer>> queries = List.of(c -> fetchRate(), c -> price(c, rate), c -> tax(c, rate));
        for (Work<Integer> query : queries) {
            threads.start("query", () -> {
                try {
                    query.run(Context.background());
                } catch (IOException e) {
                    // swallowed: nobody hears of it
                }
            });
        }
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<Integer> rate = Channel.unbuffered();
        List<Work<Integer>> queries = List.of(c -> fetchRate(), c -> price(c, rate), c -> tax(c, rate));
        try {
            InvokeAll.run(threads.launcher(), Context.background(), queries);
        } catch (TaskFailedException e) {
            // the siblings have been cancelled, and have ended: answer with an error
        }
    }

    private static int fetchRate() throws IOException {
        throw new IOException("the rate server is down");
    }

    private static int price(Context context, Channel<Integer> rate) throws InterruptedException {
        return 100 * rate.receive(context);
    }

    private static int tax(Context context, Channel<Integer> rate) throws InterruptedException {
        return 19 * rate.receive(context);
    }
}

// java -jar benchmarks.jar run task-group --idiom channel
