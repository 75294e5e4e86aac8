package org.leaklab.field.stuck;

import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** All workers of a pool wait for tasks that stand in the queue of this pool. */
@Expected(
        value = Answer.POOL_STARVATION,
        stuck = 2,
        bothKinds = true,
        after = "BlackLab #168, with Guava's listening executor")
public final class GuavaPoolWaitsForItself implements Program {

    private static @Nullable ListeningExecutorService pool;

    @Override
    public void start(Threads threads) throws InterruptedException {
        ListeningExecutorService service =
                MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(2, threads.factory(Threads.STUCK)));
        pool = service;
        CountDownLatch both = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            service.execute(() -> search(service, both));
        }
        both.await();
    }

    private static void search(ListeningExecutorService service, CountDownLatch both) {
        try {
            both.countDown();
            both.await();
            service.submit(() -> "a part of it").get();
        } catch (Exception e) {
            System.err.println("the search ended by " + e);
        }
    }
}
