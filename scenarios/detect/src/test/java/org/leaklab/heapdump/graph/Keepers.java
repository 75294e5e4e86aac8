package org.leaklab.heapdump.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.leaklab.testing.Eventually;

/**
 * A program with two groups of leaked threads and arrays of known sizes: one of its own for each thread, one that the
 * first group shares, one that both groups share, and one that is alive. Prints "ready" when all wait.
 */
final class Keepers {

    static final int OWN = 1 << 20;
    static final int OF_GROUP = 1 << 21;
    static final int OF_BOTH = 1 << 22;
    static final int OF_OTHER = 1 << 19;

    static final byte[] ALIVE = new byte[1 << 23];

    private Keepers() {}

    public static void main(String[] args) throws Exception {
        begin();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    private static void begin() {
        byte[] ofGroup = new byte[OF_GROUP];
        byte[] ofBoth = new byte[OF_BOTH];
        List<Thread> all = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            all.add(new Thread(() -> keep(new byte[OWN], ofGroup, ofBoth, ALIVE), name));
        }
        all.add(new Thread(() -> keepToo(new byte[OF_OTHER], ofBoth, ALIVE), "other"));
        all.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
            Eventually.until(() -> thread.getState() == Thread.State.WAITING);
        });
    }

    private static void keep(byte[]... kept) {
        awaitNobody();
        System.out.println(kept.length);
    }

    private static void keepToo(byte[]... kept) {
        awaitNobody();
        System.out.println(kept.length);
    }

    private static void awaitNobody() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
