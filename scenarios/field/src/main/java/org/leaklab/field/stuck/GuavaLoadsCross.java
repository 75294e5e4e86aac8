package org.leaklab.field.stuck;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.concurrent.CountDownLatch;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/**
 * Two loaders need the key that the other one loads. Each waits for the future of the other one. Only these threads
 * have the cache.
 */
@Expected(value = Answer.LEAKED, stuck = 2, bothKinds = true, after = "guava #2774")
public final class GuavaLoadsCross implements Program {

    @Override
    public void start(Threads threads) throws InterruptedException {
        Cache<String, String> cache = CacheBuilder.newBuilder().maximumSize(100).build();
        CountDownLatch both = new CountDownLatch(2);
        threads.stuck(
                "loads-price",
                () -> cache.get("price", () -> {
                    both.countDown();
                    both.await();
                    return cache.get("tax", () -> "7 %");
                }));
        threads.stuck(
                "loads-tax",
                () -> cache.get("tax", () -> {
                    both.countDown();
                    both.await();
                    return cache.get("price", () -> "3");
                }));
        both.await();
    }
}
