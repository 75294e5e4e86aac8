package org.leaklab.scenario.structured;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A {@link ThreadPoolExecutor} of three workers that is made for one gallery. The first image that is ready is enough,
 * and then the pool is forgotten.
 *
 * <p>Each worker hands its image over in a {@link SynchronousQueue}. One image is taken. The two other workers wait in
 * {@code put} for a thread that takes theirs. The worker whose image was taken waits for the next task, which will not
 * come. Nobody but these threads knows the pool, and its core threads have no time limit: all three stay. In a thread
 * dump two are in {@code SynchronousQueue.put} and one in {@code ThreadPoolExecutor.getTask}.
 */
@Leak(
        id = "worker-pool",
        idiom = Idiom.JDK,
        family = Family.STRUCTURED,
        stuck = 3,
        at = {"SynchronousQueue.put", "ThreadPoolExecutor.getTask"},
        endedBy = EndedBy.CLOSE,
        cause = "nobody shuts the pool down or takes the results that are left",
        cure = "call shutdownNow() in a finally, in the block that made the pool: shutdown() does not end a put")
public final class WorkerPoolPatternJdk implements Scenario {

    private static final List<String> IMAGES = List.of("cat", "dog", "owl");

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        ThreadPoolExecutor pool = threads.closingWithoutHolding(pool(threads));
        scaleFirst(pool);
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        ThreadPoolExecutor pool = threads.closingWithoutHolding(pool(threads));
        try {
            scaleFirst(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    private static ThreadPoolExecutor pool(Threads threads) {
        return new ThreadPoolExecutor(
                3,
                3,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads.launcher().factory("worker"));
    }

    private static String scaleFirst(ThreadPoolExecutor pool) throws InterruptedException {
        BlockingQueue<String> results = new SynchronousQueue<>();
        for (String image : IMAGES) {
            pool.execute(() -> {
                try {
                    results.put(scale(image));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // the pool is shut down: the image is not needed
                }
            });
        }
        return results.take();
    }

    private static String scale(String image) {
        return image + ", small";
    }
}

// java -jar benchmarks.jar run worker-pool --idiom jdk
