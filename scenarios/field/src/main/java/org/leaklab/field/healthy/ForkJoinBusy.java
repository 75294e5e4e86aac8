package org.leaklab.field.healthy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.stream.IntStream;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Tasks that fork, parallel streams and futures, in two pools. */
@Expected(value = Answer.HEALTHY, after = "fork/join, parallel streams and futures, under load")
public final class ForkJoinBusy implements Program {

    private static final ForkJoinPool POOL = new ForkJoinPool(4);

    private static final class Fibonacci extends RecursiveTask<Integer> {

        private static final long serialVersionUID = 1;

        private final int n;

        Fibonacci(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Fibonacci left = new Fibonacci(n - 1);
            left.fork();
            return new Fibonacci(n - 2).compute() + left.join();
        }
    }

    @Override
    public void start(Threads threads) {
        Load.start(() -> {
            POOL.invoke(new Fibonacci(10));
            var unused = IntStream.range(0, 1000).parallel().sum();
            CompletableFuture.supplyAsync(() -> 1)
                    .thenCombineAsync(CompletableFuture.supplyAsync(() -> 2), Integer::sum)
                    .join();
        });
    }
}
