package org.leaklab.heapdump.speed;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fills a heap and dumps it: {@code LargeHeap DUMP.hprof OBJECTS LEAKED CHAIN}.
 *
 * <p>Prints how many seconds the dump took. OBJECTS are alive, in a graph whose edges lead near and far: half are
 * nodes, the others arrays, strings and numbers that the nodes hold. LEAKED virtual threads wait for a latch that
 * nobody else has. In a chain of CHAIN virtual threads each holds the latch that the next one waits for, and the first
 * waits for one that is alive.
 */
public final class LargeHeap {

    private static final List<Object> ALIVE = new ArrayList<>();

    private LargeHeap() {}

    private static final class Node {

        @Nullable
        Node near;

        @Nullable
        Node far;

        @Nullable
        Object held;

        int number;
    }

    /** Fills, starts the threads, dumps once all of them wait, and halts. */
    public static void main(String[] args) throws Exception {
        Path dump = Path.of(args[0]).toAbsolutePath();
        ALIVE.add(graph(Integer.parseInt(args[1]) / 2));
        startAll(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        long start = System.nanoTime();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        System.out.printf("%.1f%n", (System.nanoTime() - start) / 1e9);
        Runtime.getRuntime().halt(0);
    }

    /** Returns once all of them wait, and keeps none of them. */
    private static void startAll(int leaked, int chain) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < leaked; i++) {
            threads.add(Thread.ofVirtual().name("leaked " + i).start(() -> waitFor(new CountDownLatch(1), "")));
        }
        CountDownLatch first = new CountDownLatch(1);
        ALIVE.add(first);
        for (int i = 0; i < chain; i++) {
            CountDownLatch own = first;
            CountDownLatch next = new CountDownLatch(1);
            threads.add(Thread.ofVirtual().name("chain " + i).start(() -> waitFor(own, next)));
            first = next;
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private static void waitFor(CountDownLatch own, Object held) {
        try {
            own.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Reference.reachabilityFence(held);
    }

    /** So many nodes, each reachable over its predecessor, and as many objects that they hold. */
    private static Node graph(int nodes) {
        SplittableRandom random = new SplittableRandom(1);
        Node[] all = new Node[nodes];
        for (int i = 0; i < nodes; i++) {
            Node node = new Node();
            node.number = i;
            node.held = held(i);
            if (i > 0) {
                Node parent = all[i < 8 ? i - 1 : i - 1 - random.nextInt(8)];
                if (parent.near != null) {
                    parent = all[i - 1];
                }
                parent.near = node;
                node.far = all[random.nextInt(i)];
            }
            all[i] = node;
        }
        return all[0];
    }

    private static Object held(int i) {
        return switch (i % 4) {
            case 0 -> new byte[i % 32];
            case 1 -> new Object[] {i % 128, "text"};
            case 2 -> new int[] {i, i};
            default -> Long.valueOf(1000L + i);
        };
    }
}
