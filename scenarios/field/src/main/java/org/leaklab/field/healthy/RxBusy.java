package org.leaklab.field.healthy;

import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** A source that ticks, and threads that block for a result of several schedulers. */
@Expected(value = Answer.HEALTHY, after = "RxJava, under load")
public final class RxBusy implements Program {

    private static @Nullable Disposable ticks;

    @Override
    public void start(Threads threads) {
        ticks = Observable.interval(10, TimeUnit.MILLISECONDS)
                .observeOn(Schedulers.io())
                .subscribe(tick -> {});
        Load.start(() -> {
            var unused = Observable.range(1, 4)
                    .flatMap(i -> Observable.fromCallable(() -> i * i).subscribeOn(Schedulers.io()))
                    .observeOn(Schedulers.computation())
                    .reduce(0, Integer::sum)
                    .blockingGet();
        });
    }
}
