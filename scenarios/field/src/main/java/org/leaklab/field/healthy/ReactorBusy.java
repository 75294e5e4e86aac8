package org.leaklab.field.healthy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A source that ticks, and threads that block for a result of several schedulers. */
@Expected(value = Answer.HEALTHY, after = "Reactor, under load")
public final class ReactorBusy implements Program {

    private static @Nullable Disposable ticks;

    @Override
    public void start(Threads threads) {
        ticks = Flux.interval(Duration.ofMillis(10))
                .publishOn(Schedulers.single())
                .subscribe();
        Load.start(() -> Flux.range(1, 4)
                .flatMap(i -> Mono.fromCallable(() -> i * i).subscribeOn(Schedulers.boundedElastic()))
                .publishOn(Schedulers.parallel())
                .reduce(0, Integer::sum)
                .block());
    }
}
