package org.leaklab.heapdump;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.leaklab.testing.Eventually;

/**
 * A program in which one thread waits for a latch, and another one, that sleeps, will count it down: it has the latch
 * only through an object that compiled code has taken apart, so that no dump shows it.
 */
final class TakenApart {

    private static final AtomicReference<CountDownLatch> SLOT = new AtomicReference<>();
    private static final Box SHOWN = new Box(new CountDownLatch(1));
    private static final int ROUNDS = 60_000;
    private static volatile long sink;

    record Box(CountDownLatch latch) {}

    private TakenApart() {}

    /** Takes the latch out of the only place that has it. */
    private static CountDownLatch latch() {
        return SLOT.getAndSet(null);
    }

    private static void nap(long millis) throws InterruptedException {
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }

    private static void record(long millis) throws InterruptedException {
        Box box = new Box(latch());
        nap(millis);
        box.latch().countDown();
    }

    private static void guard(long millis) throws Exception {
        CountDownLatch latch = latch();
        try (AutoCloseable ignored = latch::countDown) {
            latch = null;
            nap(millis);
        }
    }

    private static void captured(long millis) {
        Box box = new Box(latch());
        Runnable task = () -> {
            napNow(millis);
            box.latch().countDown();
        };
        task.run();
    }

    private static void napNow(long millis) {
        try {
            nap(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void besideAnother(Box shown, long millis) throws InterruptedException {
        Box box = new Box(latch());
        nap(millis);
        box.latch().countDown();
        sink += shown.latch().getCount();
    }

    @SuppressWarnings("OneStatementPerLine")
    // @spotless:off
    private static void onOneLine(Box shown, long millis) throws InterruptedException {
        nap(0);
        sink += shown.latch().getCount();
        Box box = new Box(latch());
        nap(millis);
        box.latch().countDown();
    }
    // @spotless:on

    private static void element(long millis) throws InterruptedException {
        Object[] held = {new Box(latch())};
        Box box = (Box) held[0];
        nap(millis);
        box.latch().countDown();
    }

    private static void once(String mode, long millis) throws Exception {
        switch (mode) {
            case "record" -> record(millis);
            case "guard" -> guard(millis);
            case "captured" -> captured(millis);
            case "besideAnother" -> besideAnother(SHOWN, millis);
            case "onOneLine" -> onOneLine(SHOWN, millis);
            case "element" -> element(millis);
            default -> throw new IllegalArgumentException(mode);
        }
    }

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < 4 * ROUNDS; i++) {
            SLOT.set(new CountDownLatch(1));
            once(args[0], i % 500 == 0 ? 1 : 0);
        }
        CountDownLatch latch = new CountDownLatch(1);
        SLOT.set(latch);
        Thread waiter = Thread.ofPlatform().daemon().name("waiter").start(new Waiter(latch));
        latch = null;
        Thread waker = Thread.ofPlatform().daemon().name("waker").start(() -> {
            try {
                once(args[0], 600_000);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Eventually.until(
                () -> waiter.getState() == Thread.State.WAITING && waker.getState() == Thread.State.TIMED_WAITING);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    private record Waiter(CountDownLatch latch) implements Runnable {

        @Override
        public void run() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
