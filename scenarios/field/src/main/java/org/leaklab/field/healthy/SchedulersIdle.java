package org.leaklab.field.healthy;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Pools, schedulers and a timer of the JDK, which wait for work. */
@Expected(value = Answer.HEALTHY, after = "the JDK's pools, schedulers and timer, idle")
public final class SchedulersIdle implements Program {

    private static final ExecutorService FIXED = Executors.newFixedThreadPool(4);
    private static final ExecutorService CACHED = Executors.newCachedThreadPool();
    private static final ExecutorService SINGLE = Executors.newSingleThreadExecutor();
    private static final ScheduledExecutorService SCHEDULED = Executors.newScheduledThreadPool(2);
    private static final Timer TIMER = new Timer("timer", true);

    @Override
    public void start(Threads threads) throws Exception {
        for (ExecutorService pool : new ExecutorService[] {FIXED, CACHED, SINGLE, SCHEDULED}) {
            for (int i = 0; i < 4; i++) {
                pool.submit(() -> 42).get();
            }
        }
        SCHEDULED.scheduleAtFixedRate(() -> {}, 1, 60, TimeUnit.SECONDS);
        TIMER.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        // once
                    }
                },
                1);
    }
}
