package org.leaklab.junit.suite;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.leaklab.core.Channel;

/** Test classes that leave threads behind in pools. They run from the tests beside them only, as {@link Leaves}. */
final class Pools {

    /** The name of the thread of a pool that is shared. */
    static final String SHARED = "shared pool";

    private static final ConcurrentLinkedQueue<ExecutorService> FORGOTTEN = new ConcurrentLinkedQueue<>();

    private Pools() {}

    /** Makes a pool with one thread, which then waits for tasks: all frames of its stack are the JDK's. */
    static void forget(String name) {
        ExecutorService pool = Executors.newFixedThreadPool(
                1, Thread.ofPlatform().daemon().name(name).factory());
        FORGOTTEN.add(pool);
        pool.execute(() -> {});
    }

    /** Ends the threads of all pools that were forgotten. */
    static void free() throws InterruptedException {
        for (ExecutorService each = FORGOTTEN.poll(); each != null; each = FORGOTTEN.poll()) {
            each.shutdownNow();
            each.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static ExecutorService shared() {
        return Executors.newSingleThreadExecutor(task -> Leaves.started(new Thread(task, SHARED)));
    }

    /** Has the pool make its thread. */
    private static void makesItsThread(ExecutorService pool) throws Exception {
        pool.submit(() -> {}).get(1, TimeUnit.MINUTES);
    }

    private static void leaks(ExecutorService pool) throws Exception {
        pool.submit(() -> Leaves.launcher()
                        .start("left in a pool", () -> Channel.nil().receive()))
                .get(1, TimeUnit.MINUTES);
    }

    static class Forgotten {
        @Test
        void leaves() {
            forget("forgotten");
        }
    }

    static class ForgottenToo {
        @Test
        void leaves() {
            forget("forgotten too");
        }
    }

    /** The first test makes the thread of a pool, and the second one leaks there. */
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class InTurn {
        private static ExecutorService pool = shared();

        @BeforeAll
        static void anew() {
            pool = shared();
        }

        @Test
        void first() throws Exception {
            makesItsThread(pool);
        }

        @Test
        void second() throws Exception {
            leaks(pool);
        }

        @AfterAll
        static void end() {
            pool.shutdownNow();
        }
    }

    /** The class makes the thread of a pool before its test, which leaks there. */
    static class MadeBefore {
        private static ExecutorService pool = shared();

        @BeforeAll
        static void anew() throws Exception {
            pool = shared();
            makesItsThread(pool);
        }

        @Test
        void leaves() throws Exception {
            leaks(pool);
        }

        @AfterAll
        static void end() {
            pool.shutdownNow();
        }
    }

    /** One test makes the thread of a pool. While it still runs, the other one leaks there. */
    @Execution(ExecutionMode.CONCURRENT)
    static class InParallel {
        private static ExecutorService pool = shared();
        private static CyclicBarrier meeting = new CyclicBarrier(2);

        @BeforeAll
        static void anew() {
            pool = shared();
            meeting = new CyclicBarrier(2);
        }

        @Test
        void makes() throws Exception {
            makesItsThread(pool);
            meeting.await(10, TimeUnit.SECONDS);
            meeting.await(10, TimeUnit.SECONDS);
        }

        @Test
        void leaves() throws Exception {
            meeting.await(10, TimeUnit.SECONDS);
            leaks(pool);
            meeting.await(10, TimeUnit.SECONDS);
        }

        @AfterAll
        static void end() {
            pool.shutdownNow();
        }
    }
}
