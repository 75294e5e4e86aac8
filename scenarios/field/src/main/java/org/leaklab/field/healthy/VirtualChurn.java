package org.leaklab.field.healthy;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Virtual threads that come and go: each round hands something over, and waits for all of its own. */
@Expected(value = Answer.HEALTHY, after = "virtual threads that come and go")
public final class VirtualChurn implements Program {

    @Override
    public void start(Threads threads) {
        Load.start(() -> {
            BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
            CountDownLatch taken = new CountDownLatch(4);
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 4; i++) {
                    int item = i;
                    executor.submit(() -> {
                        queue.put(item);
                        return null;
                    });
                    executor.submit(() -> {
                        queue.take();
                        taken.countDown();
                        return null;
                    });
                }
                taken.await();
            }
        });
    }
}
