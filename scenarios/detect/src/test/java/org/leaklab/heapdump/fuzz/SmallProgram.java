package org.leaklab.heapdump.fuzz;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code SmallProgram DUMP.hprof} dumps its own small heap, with some threads of both kinds, where the dump shows both,
 * that wait in several ways.
 */
public final class SmallProgram {

    private static final int THREADS = 5;

    private SmallProgram() {}

    /** Starts the threads, dumps, and halts. */
    public static void main(String[] args) throws Exception {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch alive = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            for (Thread.Builder builder : kinds()) {
                threads.add(builder.name("queue " + i).start(() -> take(new SynchronousQueue<>())));
                threads.add(builder.name("monitor " + i).start(() -> waitOn(new Object())));
                threads.add(builder.name("alive " + i).start(() -> waitFor(alive)));
            }
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                LockSupport.parkNanos(100_000);
            }
        }
        threads.clear();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(Path.of(args[0]).toAbsolutePath().toString(), true);
        alive.countDown();
        Runtime.getRuntime().halt(0);
    }

    /** Dumps of older JDKs do not show the stacks of virtual threads, and with those nobody could tell anything. */
    private static List<Thread.Builder> kinds() {
        return Runtime.version().feature() < 22
                ? List.of(Thread.ofPlatform())
                : List.of(Thread.ofVirtual(), Thread.ofPlatform());
    }

    private static void take(SynchronousQueue<Object> queue) {
        try {
            queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // never returns
    private static void waitOn(Object monitor) {
        try {
            synchronized (monitor) {
                monitor.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
