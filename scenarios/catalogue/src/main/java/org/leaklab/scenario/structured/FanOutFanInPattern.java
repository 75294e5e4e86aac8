package org.leaklab.scenario.structured;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.core.WaitGroup;
import org.leaklab.pattern.FanOutFanIn;
import org.leaklab.pattern.Producer;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Three workers whose results are merged into one channel, and one of them dies.
 *
 * <p>The merged channel is closed when all workers are done. The worker that dies does not call {@code done()}. So the
 * merger waits for it for ever. The consumer receives all results that come, and then waits for the close. No thread
 * learns of the error. If the workers are a group, the failure cancels the rest and reaches the consumer.
 *
 * <p>In Go: {@code go func() { out <- parse(line); wg.Done() }()}, without a {@code defer}, and {@code go func() {
 * wg.Wait(); close(out) }()}.
 */
@Leak(
        id = "fan-out-fan-in",
        family = Family.STRUCTURED,
        stuck = 2,
        at = {"WaitGroup.await", "Channel.receive"},
        cause = "a worker dies before it is done, so the merged channel is never closed",
        cure = "make the workers a group whose failure reaches the consumer")
public final class FanOutFanInPattern implements Scenario {

    private static final List<String> LINES = List.of("1", "2", "three", "4", "5");

    @Override
    public void leaky(Threads threads) {
        Channel<String> lines = Channel.buffered(LINES.size());
        Channel<Integer> numbers = Channel.unbuffered();
        WaitGroup working = new WaitGroup();
        working.add(3);
        LINES.forEach(lines::trySend);
        lines.close();
        for (int worker = 0; worker < 3; worker++) {
            threads.start("worker", () -> {
                try {
                    lines.forEach(line -> numbers.send(Integer.parseInt(line)));
                    working.done();
                } catch (NumberFormatException e) {
                    // dies, and is not done
                }
            });
        }
        threads.start("merger", () -> {
            working.await();
            numbers.close();
        });
        threads.start("consumer", () -> {
            AtomicInteger sum = new AtomicInteger();
            numbers.forEach(sum::addAndGet);
        });
    }

    @Override
    public void fixed(Threads threads) {
        Producer<String> lines = Producer.of(LINES);
        FanOutFanIn<String, Integer> numbers = new FanOutFanIn<>(3, Integer::parseInt);
        threads.start("consumer", () -> {
            try {
                numbers.run(threads.launcher(), Context.background(), lines, results -> {
                    AtomicInteger sum = new AtomicInteger();
                    results.forEach(sum::addAndGet);
                    return sum.get();
                });
            } catch (TaskFailedException e) {
                // a line is no number: the workers have been cancelled, and have ended
            }
        });
    }
}

// java -jar benchmarks.jar run fan-out-fan-in --idiom channel
