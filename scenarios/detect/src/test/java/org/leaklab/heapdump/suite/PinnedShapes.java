package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.lang.ref.Reference;
import java.util.concurrent.CountDownLatch;

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
}
