package org.leaklab.junit.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.launcher.core.LauncherFactory;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/**
 * Test classes that leave threads behind, and their cured twins. They run from the tests beside them only: the build
 * takes no nested classes.
 */
final class Leaves {

    private static final AtomicReference<Launcher> LAUNCHER = new AtomicReference<>(Launcher.of(ThreadKind.VIRTUAL));

    private static final ConcurrentLinkedQueue<Thread> STARTED = new ConcurrentLinkedQueue<>();

    private Leaves() {}

    /** Ends all threads that were left, also those whose test class has ended long since. */
    static void free() throws InterruptedException {
        LAUNCHER.getAndSet(Launcher.of(ThreadKind.VIRTUAL)).close();
        for (Thread each = STARTED.poll(); each != null; each = STARTED.poll()) {
            each.interrupt();
            each.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    static Launcher launcher() {
        return LAUNCHER.get();
    }

    static Thread started(Thread thread) {
        STARTED.add(thread);
        return thread;
    }

    /** Starts a platform thread that waits for what nobody gives. */
    static void waiting(String name) {
        started(Thread.ofPlatform().name(name).daemon().start(Leaves::waitsForNobody));
    }

    /** Waits for what nobody gives. */
    private static void waitsForNobody() {
        try {
            new Semaphore(0).acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static class PlatformThread {
        @Test
        void leaves() {
            waiting("left platform");
        }

        @Test
        void leavesNothing() {}
    }

    static class PlatformThreadCured {
        @Test
        void leavesNothing() throws InterruptedException {
            Thread.ofPlatform().name("left platform").start(() -> {}).join();
        }
    }

    static class VirtualThread {
        @Test
        void leaves() {
            started(Thread.ofVirtual().name("left virtual").start(Leaves::waitsForNobody));
        }
    }

    /** The same, and nothing of the program holds the thread. */
    static class UnheldVirtualThread {
        @Test
        void leaves() throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            Thread.ofVirtual().name("left unheld").start(() -> {
                begun.countDown();
                waitsForNobody();
            });
            begun.await();
        }
    }

    /** The same, beside a thread that ends as soon as garbage is collected, as a probe does. */
    static class EndsDuringAProbe {
        @Test
        void leaves() throws InterruptedException {
            new UnheldVirtualThread().leaves();
            long before = collections();
            started(Thread.ofPlatform().name("ends during a probe").daemon().start(() -> {
                while (collections() == before) {
                    LockSupport.parkNanos(100_000);
                }
            }));
        }

        private static long collections() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }
    }

    /** Its thread ends by itself, after more time than threads have by default. */
    static class EndsLate {
        @Test
        void leavesNothing() {
            started(Thread.ofPlatform().name("ends late").daemon().start(() -> {
                try {
                    Thread.sleep(1_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
    }

    static class VirtualThreadCured {
        @Test
        void leavesNothing() throws InterruptedException {
            Thread.ofVirtual().name("left virtual").start(() -> {}).join();
        }
    }

    static class ThreadOfLauncher {
        @Test
        void leaves() {
            launcher().start("left launched", () -> Channel.nil().receive());
        }
    }

    static class BeforeItsTests {
        @BeforeAll
        static void leaves() {
            waiting("left before");
        }

        @Test
        void leavesNothing() {}
    }

    /** No test begins. */
    static class AssumesInVain {
        @BeforeAll
        static void leaves() {
            waiting("left in vain");
            assumeTrue(false);
        }

        @Test
        void neverRuns() {}
    }

    /** Both run at the same time for as long as threads start. */
    @Execution(ExecutionMode.CONCURRENT)
    static class Parallel {
        static final Map<String, String> SETTINGS = Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");

        private static CyclicBarrier meeting = new CyclicBarrier(2);

        @BeforeAll
        static void anew() {
            meeting = new CyclicBarrier(2);
        }

        @Test
        void first() throws Exception {
            meeting.await(10, TimeUnit.SECONDS);
            waiting("of first");
            meeting.await(10, TimeUnit.SECONDS);
        }

        @Test
        void second() throws Exception {
            meeting.await(10, TimeUnit.SECONDS);
            started(Thread.ofVirtual().name("of second").start(Leaves::waitsForNobody));
            meeting.await(10, TimeUnit.SECONDS);
        }
    }

    /** A run of its own, started by a test: no suite. */
    static class RunsOthers {
        static final List<SuiteRun> INNER = new ArrayList<>();

        @Test
        void runs() {
            INNER.add(SuiteRun.again(
                    LauncherFactory.create(), Map.of(SuiteSettings.VERIFY, "fail"), PlatformThread.class));
        }
    }
}
