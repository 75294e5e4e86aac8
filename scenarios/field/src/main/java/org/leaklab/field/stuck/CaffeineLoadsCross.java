package org.leaklab.field.stuck;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CountDownLatch;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/**
 * Two loaders need the key that the other one loads. Each computes inside a bin of the map and keeps its monitor. Two
 * more threads want the first key.
 */
@Expected(value = Answer.DEADLOCK, stuck = 4, bothKinds = true, after = "caffeine #712, #1728")
public final class CaffeineLoadsCross implements Program {

    private static final Cache<String, String> CACHE =
            Caffeine.newBuilder().maximumSize(100).build();

    @Override
    public void start(Threads threads) throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        threads.stuck(
                "loads-price",
                () -> CACHE.get("price", key -> {
                    meet(both);
                    return CACHE.get("tax", other -> "7 %") + "3";
                }));
        threads.stuck(
                "loads-tax",
                () -> CACHE.get("tax", key -> {
                    meet(both);
                    return CACHE.get("price", other -> "3") + " %";
                }));
        both.await();
        for (int i = 0; i < 2; i++) {
            threads.stuck("reads-" + i, () -> CACHE.get("price", key -> "3"));
        }
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
