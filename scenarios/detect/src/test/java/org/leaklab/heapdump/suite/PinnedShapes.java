package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.lang.ref.Reference;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

/** Waits inside a class's initialisation: a virtual thread keeps its carrier meanwhile, which waits with it. */
final class PinnedShapes {

    private PinnedShapes() {}

    private static final class Never {

        static final Object NOTHING = waitFor(new CountDownLatch(1));
    }

    private static final class NeverVirtual {

        static final Object NOTHING = waitFor(new CountDownLatch(1));
    }

    private static final class Later {

        static final CountDownLatch LATCH = new CountDownLatch(1);
        static final Object NOTHING = waitFor(LATCH);
    }

    private static final class LaterVirtual {

        static final CountDownLatch LATCH = new CountDownLatch(1);
        static final Object NOTHING = waitFor(LATCH);
    }

    private static final class Notified {

        static final Object NOTHING = waitFor();
    }

    private static final class NotifiedVirtual {

        static final Object NOTHING = waitFor();
    }

    private static final Pair PLATFORM = new Pair();
    private static final Pair VIRTUAL = new Pair();

    private static final class LeftFirst {

        static final Object NOTHING = PLATFORM.leftFirst();
    }

    private static final class RightFirst {

        static final Object NOTHING = PLATFORM.rightFirst();
    }

    private static final class LeftFirstVirtual {

        static final Object NOTHING = VIRTUAL.leftFirst();
    }

    private static final class RightFirstVirtual {

        static final Object NOTHING = VIRTUAL.rightFirst();
    }

    /** Two monitors that something alive has, and two threads that enter them in opposite order. */
    private static final class Pair {

        private final Object left = new Object();
        private final Object right = new Object();
        private final CyclicBarrier both = new CyclicBarrier(2);

        Object leftFirst() {
            synchronized (left) {
                meet();
                synchronized (right) {
                    return right;
                }
            }
        }

        Object rightFirst() {
            synchronized (right) {
                meet();
                synchronized (left) {
                    return left;
                }
            }
        }

        private void meet() {
            try {
                both.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Object waitFor() {
        try {
            Room.waitFor(new Object());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Object();
    }

    private static Object waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return latch;
    }

    @Shape(once = true)
    static void onNobody(Stage stage) {
        stage.start(
                CERTAIN,
                stage.isVirtual()
                        ? () -> Reference.reachabilityFence(NeverVirtual.NOTHING)
                        : () -> Reference.reachabilityFence(Never.NOTHING));
    }

    @Shape(once = true)
    static void onAStaticField(Stage stage) {
        stage.start(
                HEALTHY,
                stage.isVirtual()
                        ? () -> Reference.reachabilityFence(LaterVirtual.NOTHING)
                        : () -> Reference.reachabilityFence(Later.NOTHING));
    }

    @Shape(once = true)
    static void onANotification(Stage stage) {
        stage.start(
                CERTAIN,
                stage.isVirtual()
                        ? () -> Reference.reachabilityFence(NotifiedVirtual.NOTHING)
                        : () -> Reference.reachabilityFence(Notified.NOTHING));
    }

    @Shape(once = true)
    static void onMonitorsOfEachOther(Stage stage) {
        stage.begin(
                CERTAIN,
                Thread.State.BLOCKED,
                stage.isVirtual()
                        ? () -> Reference.reachabilityFence(LeftFirstVirtual.NOTHING)
                        : () -> Reference.reachabilityFence(LeftFirst.NOTHING));
        stage.start(
                CERTAIN,
                Thread.State.BLOCKED,
                stage.isVirtual()
                        ? () -> Reference.reachabilityFence(RightFirstVirtual.NOTHING)
                        : () -> Reference.reachabilityFence(RightFirst.NOTHING));
    }
}
