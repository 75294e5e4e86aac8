package org.leaklab.bench.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.leaklab.core.Context;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a timeout cost that is taken back before it comes, as nearly all are: a context with a timeout of a minute,
 * closed at once, beside a task that is scheduled on an executor and cancelled at once?
 */
public class TimeoutTakenBack extends CoreBenchmark {

    private static final int TIMEOUTS = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Param({"leaklab", "scheduled-executor"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return switch (implementation) {
            case "leaklab" -> List.of(TimeoutTakenBack::contexts);
            case "scheduled-executor" -> {
                ScheduledThreadPoolExecutor timer = closing(new ScheduledThreadPoolExecutor(1, body -> {
                    Thread thread = new Thread(body, "timer");
                    thread.setDaemon(true);
                    return thread;
                }));
                timer.setRemoveOnCancelPolicy(true); // else a cancelled task stays for its minute
                yield List.of(() -> tasks(timer));
            }
            default -> throw new IllegalArgumentException("no timeout of " + implementation);
        };
    }

    private static long contexts() {
        long taken = 0;
        for (int i = 0; i < TIMEOUTS; i++) {
            Context context = Context.background().withTimeout(MINUTE);
            context.close();
            if (context.isDone()) {
                taken++;
            }
        }
        return taken;
    }

    private static long tasks(ScheduledThreadPoolExecutor timer) {
        long taken = 0;
        for (int i = 0; i < TIMEOUTS; i++) {
            if (timer.schedule(() -> {}, 1, TimeUnit.MINUTES).cancel(false)) {
                taken++;
            }
        }
        return taken;
    }

    /** Sets 10,000 timeouts and takes each back; per timeout. */
    @Benchmark
    @OperationsPerInvocation(TIMEOUTS)
    public long timeout() throws InterruptedException {
        return round(TIMEOUTS);
    }
}
