package org.leaklab.field.healthy;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.RateLimiter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** A cache that loads in a pool, behind a limit of rate. */
@Expected(value = Answer.HEALTHY, after = "Guava's cache, listening executor and rate limiter, under load")
public final class GuavaBusy implements Program {

    private static final Cache<Integer, String> CACHE =
            CacheBuilder.newBuilder().expireAfterWrite(Duration.ofMillis(20)).build();
    private static final ListeningExecutorService POOL =
            MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(4));
    private static final RateLimiter RATE = RateLimiter.create(1000);

    @Override
    public void start(Threads threads) {
        Load.start(() -> {
            RATE.acquire();
            int key = ThreadLocalRandom.current().nextInt(10);
            CACHE.get(
                    key,
                    () -> Futures.transform(
                                    POOL.submit(() -> key + 1),
                                    next -> "before " + next,
                                    MoreExecutors.directExecutor())
                            .get());
        });
    }
}
