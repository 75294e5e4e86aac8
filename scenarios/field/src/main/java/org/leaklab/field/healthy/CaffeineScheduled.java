package org.leaklab.field.healthy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** A cache whose entries expire and are loaded again. */
@Expected(value = Answer.HEALTHY, after = "Caffeine with a scheduler, under load")
public final class CaffeineScheduled implements Program {

    private static final LoadingCache<Integer, String> CACHE = Caffeine.newBuilder()
            .maximumSize(50)
            .expireAfterWrite(Duration.ofMillis(20))
            .scheduler(Scheduler.systemScheduler())
            .build(key -> "value of " + key);

    @Override
    public void start(Threads threads) {
        Load.start(() -> {
            var unused = CACHE.get(ThreadLocalRandom.current().nextInt(100));
        });
    }
}
