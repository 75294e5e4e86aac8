package org.leaklab.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;

/**
 * A program for {@code scripts/live-pause}: {@code Ballast MEGABYTES THREADS} keeps a heap of small linked objects and
 * strings of bytes, and parks virtual threads, of which one in a hundred is leaked. Prints {@code ready}, and ends with
 * its input.
 */
final class Ballast {

    private static final int BLOCK = 1000;
    private static final int NODE_BYTES = 24;
    private static final int ARRAY_BYTES = 116;
    private static final int ARRAYS_OF_BLOCK = 100;
    private static final int LEAKED_ONE_IN = 100;

    private static final List<Object[]> KEPT = new ArrayList<>();
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Ballast() {}

    private record Node(Object before, Object[] elsewhere) {}

    public static void main(String[] arguments) throws Exception {
        fill(Long.parseLong(arguments[0]) << 20);
        int threads = Integer.parseInt(arguments[1]);
        CountDownLatch started = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            boolean leaked = i % LEAKED_ONE_IN == 0;
            Thread.ofVirtual().start(() -> {
                started.countDown();
                try {
                    if (leaked) {
                        new SynchronousQueue<String>().take();
                    } else {
                        NEVER.await();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        started.await();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    /** A node leads to the one before it and to a block anywhere in the heap, as objects of a program do. */
    private static void fill(long bytes) {
        Random random = new Random(1);
        long made = 0;
        while (made < bytes) {
            Object[] block = new Object[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                Object[] elsewhere = KEPT.isEmpty() ? block : KEPT.get(random.nextInt(KEPT.size()));
                block[i] = i % (BLOCK / ARRAYS_OF_BLOCK) == 0
                        ? new byte[ARRAY_BYTES - 16]
                        : new Node(block[Math.max(0, i - 1)], elsewhere);
            }
            KEPT.add(block);
            made += (long) (BLOCK - ARRAYS_OF_BLOCK) * NODE_BYTES + (long) ARRAYS_OF_BLOCK * ARRAY_BYTES + 4L * BLOCK;
        }
    }
}
