package org.leaklab.scenario.structured;

import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.pattern.Pipeline;
import org.leaklab.pattern.Source;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A pipeline of three stages (generate, square, filter) whose consumer leaves after the first result.
 *
 * <p>The filter waits to send its second result, and no thread will receive it. So the filter takes no more squares,
 * and the square stage takes no more numbers. Each of the three stages waits in a send for the stage after it. Only the
 * stages know the channels, and none of them looks at a context, so they wait for ever. In the cure all stages have one
 * context, which ends when the consumer leaves.
 *
 * <p>In Go: {@code first := <-filter(square(generate()))} with stages that do not select on {@code ctx.Done()}.
 */
@Leak(
        id = "pipeline",
        family = Family.STRUCTURED,
        stuck = 3,
        at = "Channel.send",
        cause = "the consumer leaves after the first result, and the stages cannot be told",
        cure = "run all stages under one context that ends when the consumer leaves")
public final class PipelinePattern implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<Integer> numbers = Channel.unbuffered();
        Channel<Integer> squares = Channel.unbuffered();
        Channel<Integer> results = Channel.unbuffered();
        threads.start("generate", () -> {
            for (int n = 1; ; n++) {
                numbers.send(n);
            }
        });
        threads.start("square", () -> numbers.forEach(n -> squares.send(n * n)));
        threads.start(
                "filter",
                () -> squares.forEach(n -> {
                    if (n % 2 == 0) {
                        results.send(n);
                    }
                }));
        results.receive();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException, TaskFailedException {
        Pipeline<Integer> results = Pipeline.<Integer>from("generate", 0, numbers -> {
                    for (int n = 1; ; n++) {
                        numbers.send(n);
                    }
                })
                .map("square", n -> n * n)
                .filter("filter", n -> n % 2 == 0);
        results.run(threads.launcher(), Context.background(), Source::receive);
    }
}

// java -jar benchmarks.jar run pipeline --idiom channel
