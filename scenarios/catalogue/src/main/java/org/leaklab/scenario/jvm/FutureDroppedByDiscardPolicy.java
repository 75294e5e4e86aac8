package org.leaklab.scenario.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A gallery that waits for a thumbnail whose task was thrown away by {@link ThreadPoolExecutor.DiscardPolicy}.
 *
 * <p>The pool has one thread, which is busy, and room for one task in its queue. The third thumbnail finds no room. The
 * policy does nothing with it, and {@code submit} returns its future as if all were well. Nobody runs that task or
 * cancels it, so {@code get} never returns. The pool has long been closed when the gallery asks: what it did not run
 * then, it never will. {@link ThreadPoolExecutor.DiscardOldestPolicy} does the same to the oldest task.
 * {@link ThreadPoolExecutor.CallerRunsPolicy} drops a task only after the pool was shut down; {@code AbortPolicy}, the
 * default, always throws.
 */
@Leak(
        id = "future-dropped-by-discard-policy",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        at = "FutureTask.get",
        cause = "DiscardPolicy drops the task without a word, and nobody completes its future",
        cure = "let the caller run what finds no room, or let submit throw",
        seenIn = "alibaba/p3c#889")
public final class FutureDroppedByDiscardPolicy implements Scenario {

    @Override
    public void leaky(Threads threads) {
        threads.start("gallery", () -> {
            for (Future<String> thumbnail : scaleAll(pool(threads, new ThreadPoolExecutor.DiscardPolicy()))) {
                thumbnail.get();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("gallery", () -> {
            for (Future<String> thumbnail : scaleAll(pool(threads, new ThreadPoolExecutor.CallerRunsPolicy()))) {
                thumbnail.get();
            }
        });
    }

    private static ThreadPoolExecutor pool(Threads threads, RejectedExecutionHandler whenFull) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                threads.launcher().factory("scaler"),
                whenFull);
    }

    /** Submits all at a moment at which the only thread of the pool is busy, and waits until the pool has ended. */
    private static List<Future<String>> scaleAll(ThreadPoolExecutor pool) {
        CountDownLatch allSubmitted = new CountDownLatch(1);
        List<Future<String>> thumbnails = new ArrayList<>();
        try (pool) {
            thumbnails.add(pool.submit(() -> {
                allSubmitted.await();
                return scale("a large one");
            }));
            thumbnails.add(pool.submit(() -> scale("cat")));
            thumbnails.add(pool.submit(() -> scale("dog")));
            allSubmitted.countDown();
        }
        return thumbnails;
    }

    private static String scale(String image) {
        return image + ", small";
    }
}

// java -jar benchmarks.jar run future-dropped-by-discard-policy --idiom jdk
