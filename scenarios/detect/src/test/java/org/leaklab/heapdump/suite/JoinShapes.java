package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;
import static org.leaklab.heapdump.suite.Label.UNLESS_INTERRUPTED;

import java.lang.Thread.State;
import java.util.concurrent.CountDownLatch;

/** {@link Thread#join()}: the end of a thread wakes whoever joins it. */
final class JoinShapes {

    private JoinShapes() {}

    @Shape
    static void aLeakedThread(Stage stage) {
        Thread leaked = stage.leaked("");
        stage.start(CERTAIN, () -> leaked.join());
    }

    @Shape
    static void aLeakedThreadOfTheOtherKind(Stage stage) {
        Thread leaked = stage.other().leaked("");
        stage.start(CERTAIN, () -> leaked.join());
    }

    @Shape
    static void aSleeper(Stage stage) {
        Thread sleeper = stage.sleeper("");
        stage.start(HEALTHY, () -> sleeper.join());
    }

    @Shape
    static void aSleeperOfTheOtherKind(Stage stage) {
        Thread sleeper = stage.other().sleeper("");
        stage.start(HEALTHY, () -> sleeper.join());
    }

    @Shape
    static void aWaiter(Stage stage) {
        Thread waiter = stage.waiter("");
        stage.start(HEALTHY, () -> waiter.join());
    }

    @Shape
    static void oneThatJoins(Stage stage) {
        Thread leaked = stage.leaked("");
        Thread joins = stage.start(CERTAIN, () -> leaked.join());
        stage.start(CERTAIN, () -> joins.join());
    }

    @Shape
    static void itself(Stage stage) {
        stage.start(CERTAIN, () -> Thread.currentThread().join());
    }

    /**
     * An interrupt would end the thread, and its end the join. From JDK 27 on the join waits on the monitor of the
     * thread itself. Code that has the thread can notify that monitor, and then the join waits again.
     */
    @Shape(kinds = org.leaklab.core.ThreadKind.VIRTUAL)
    static void oneThatAnInterruptWouldEnd(Stage stage) {
        Thread held = stage.start(UNLESS_INTERRUPTED, () -> new CountDownLatch(1).await());
        Stage.keep(held);
        stage.start(UNLESS_INTERRUPTED, () -> held.join());
    }

    /** Who waits with a limit is alive, and has the thread. */
    @Shape
    static void withLimit(Stage stage) {
        Thread leaked = stage.start(UNLESS_INTERRUPTED, () -> new CountDownLatch(1).await());
        stage.start(HEALTHY, State.TIMED_WAITING, () -> leaked.join(TimedShapes.HOUR));
    }
}
