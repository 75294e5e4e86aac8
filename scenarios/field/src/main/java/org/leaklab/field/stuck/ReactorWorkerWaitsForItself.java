package org.leaklab.field.stuck;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The only worker of a scheduler blocks on what the same scheduler would have to run. */
@Expected(value = Answer.POOL_STARVATION, stuck = 1, bothKinds = true, after = "james-project #4519")
public final class ReactorWorkerWaitsForItself implements Program {

    private static @Nullable Scheduler scheduler;

    @Override
    public void start(Threads threads) throws InterruptedException {
        Scheduler one = Schedulers.newBoundedElastic(1, 100, threads.factory(Threads.STUCK), 60);
        scheduler = one;
        CountDownLatch begun = new CountDownLatch(1);
        one.schedule(() -> {
            begun.countDown();
            Mono.fromCallable(() -> "42").subscribeOn(one).block();
        });
        begun.await();
    }
}
