package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.lang.Thread.State;
import java.lang.ref.Reference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Monitors: the dump has no record of who waits for which, so these are about telling by the stack. */
@SuppressWarnings({"WaitNotInLoop", "SynchronizeOnNonFinalField", "unused"}) // these waits never return
final class MonitorShapes {

    private MonitorShapes() {}

    @Shape
    static void onAClass(Stage stage) {
        stage.start(HEALTHY, () -> {
            synchronized (MonitorShapes.class) {
                MonitorShapes.class.wait();
            }
        });
    }

    /** Whoever runs this code has the literal. */
    @Shape
    static void onALiteral(Stage stage) {
        stage.start(HEALTHY, () -> {
            String literal = "a string that is waited on";
            synchronized (literal) {
                literal.wait();
            }
        });
    }

    /** Whoever has an equal string gets it from the table of the JVM. */
    @Shape
    static void onAnInternedString(Stage stage) {
        stage.start(HEALTHY, () -> {
            String interned = ("order-" + System.nanoTime()).intern();
            synchronized (interned) {
                interned.wait();
            }
        });
    }

    /** Whoever has the class gets at the class of its arrays. */
    @Shape
    static void onAClassOfArrays(Stage stage) {
        stage.start(HEALTHY, () -> Room.waitFor(Meeting[].class));
    }

    /** A lambda that captures nothing is one object, and belongs to its code. */
    @Shape
    static void onALambda(Stage stage) {
        stage.start(HEALTHY, () -> {
            Runnable lambda = () -> {};
            synchronized (lambda) {
                lambda.wait();
            }
        });
    }

    @Shape
    static void livingMonitorInsideAPrivateOne(Stage stage) {
        Object alive = new Object();
        Stage.keep(alive);
        stage.start(HEALTHY, () -> {
            synchronized (new Object()) {
                synchronized (alive) {
                    alive.wait();
                }
            }
        });
    }

    @Shape
    static void privateMonitorInsideALivingOne(Stage stage) {
        Object alive = new Object();
        Stage.keep(alive);
        stage.start(CERTAIN, () -> {
            synchronized (alive) {
                Room.waitFor(new Object());
            }
        });
    }

    /** A virtual thread that has slept has a permit left, which ends no wait for a monitor. */
    @Shape
    static void hasSleptBefore(Stage stage) {
        stage.start(CERTAIN, () -> {
            Thread.sleep(1);
            Room.waitFor(new Object());
        });
    }

    /** The frame that waits has many references, and the living one among them is the monitor. */
    @Shape
    static void livingMonitorAmongGarbage(Stage stage) {
        Room alive = new Room();
        Stage.keep(alive);
        stage.start(HEALTHY, () -> alive.awaitTwice("a", new Object()));
    }

    private static final class Nap {

        synchronized void take() throws InterruptedException {
            Thread.sleep(TimeUnit.HOURS.toMillis(1));
        }

        synchronized void touch() {}

        synchronized void touch(Object with) {
            Reference.reachabilityFence(with);
        }
    }

    /** The owner wakes up one day and leaves the monitor; nothing but its being entered holds the monitor. */
    @Shape
    static void enteredByASleeper(Stage stage) {
        Nap nap = new Nap();
        stage.start(HEALTHY, State.TIMED_WAITING, nap::take);
        stage.start(HEALTHY, State.BLOCKED, nap::touch);
    }

    /** Sleeps in a method of what it alone has: compiled code shows nobody that it does. */
    private static void startNap(Stage stage, Nap nap) {
        AtomicReference<Nap> handedOver = new AtomicReference<>(nap);
        stage.start(
                HEALTHY, State.TIMED_WAITING, () -> handedOver.getAndSet(null).take());
    }

    private static void enterAndKeep(Object monitor, Object other) {
        Room.enter(monitor);
        Reference.reachabilityFence(monitor);
        Reference.reachabilityFence(other);
    }

    /** Each of the blocked ones has the monitor on its stack, and owns it not. */
    @Shape
    static void twoBlockedByASleeper(Stage stage) {
        Nap nap = new Nap();
        startNap(stage, nap);
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(nap));
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(nap));
    }

    @Shape
    static void blockedByASleeperAndTwiceOnItsStack(Stage stage) {
        Nap nap = new Nap();
        startNap(stage, nap);
        stage.start(HEALTHY, State.BLOCKED, () -> enterAndKeep(nap, nap));
    }

    /** A waiter knows the monitor and owns it not; the blocked one will wake it once the sleeper leaves. */
    @Shape
    static void blockedByASleeperAndKnownToAWaiter(Stage stage) {
        Nap nap = new Nap();
        CountDownLatch latch = new CountDownLatch(1);
        startNap(stage, nap);
        stage.start(HEALTHY, () -> {
            latch.await();
            Reference.reachabilityFence(nap);
        });
        stage.start(HEALTHY, State.BLOCKED, () -> enterAndKeep(nap, latch));
    }

    /** A leaked thread knows the monitor and owns it not. */
    @Shape
    static void blockedByASleeperAndKnownToALeakedThread(Stage stage) {
        Nap nap = new Nap();
        stage.leaked(nap);
        startNap(stage, nap);
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(nap));
    }

    /** The same in a method that has entered something else. */
    @Shape
    static void blockedByASleeperAndKnownToALeakedOwner(Stage stage) {
        Nap nap = new Nap();
        stage.start(CERTAIN, () -> {
            synchronized (new Object()) {
                new CountDownLatch(1).await();
            }
            Reference.reachabilityFence(nap);
        });
        startNap(stage, nap);
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(nap));
    }

    /** A waiter has left the monitor to wait for a notification, and the blocked one could give it. */
    @Shape
    static void blockedByASleeperBesideAWaiter(Stage stage) {
        Nap nap = new Nap();
        stage.start(HEALTHY, () -> Room.waitFor(nap));
        startNap(stage, nap);
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(nap));
    }

    /** The method's frame shows its argument and not its monitor, and a leaked thread has the argument. */
    @Shape
    static void enteredByASleeperWithAnArgument(Stage stage) {
        Nap nap = new Nap();
        Object garbage = new Object();
        stage.leaked(garbage);
        startNap(stage, nap);
        stage.start(HEALTHY, State.BLOCKED, () -> nap.touch(garbage));
    }

    @Shape
    static void blockEnteredByASleeper(Stage stage) {
        Object monitor = new Object();
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            synchronized (monitor) {
                Thread.sleep(TimeUnit.HOURS.toMillis(1));
            }
        });
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(monitor));
    }

    /** The same, and the owner waits itself for what something alive has. */
    @Shape
    static void enteredByAWaiter(Stage stage) {
        Object monitor = new Object();
        CountDownLatch alive = new CountDownLatch(1);
        Stage.keep(alive);
        stage.start(HEALTHY, () -> Room.enterFor(monitor, alive));
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(monitor));
    }

    /** Blocked twice over: the second waits for the first, which waits for a sleeper. */
    @Shape
    static void enteredByABlockedThread(Stage stage) {
        Object first = new Object();
        Object second = new Object();
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            synchronized (first) {
                Thread.sleep(TimeUnit.HOURS.toMillis(1));
            }
        });
        stage.start(HEALTHY, State.BLOCKED, () -> {
            synchronized (second) {
                Room.enter(first);
            }
        });
        stage.start(HEALTHY, State.BLOCKED, () -> Room.enter(second));
    }

    @Shape
    static void deadlock(Stage stage) {
        Object first = new Object();
        Object second = new Object();
        CyclicBarrier both = new CyclicBarrier(2);
        stage.begin(CERTAIN, State.BLOCKED, () -> enterBoth(first, second, both));
        stage.begin(CERTAIN, State.BLOCKED, () -> enterBoth(second, first, both));
    }

    @Shape
    static void deadlockOverLivingMonitors(Stage stage) {
        Object first = new Object();
        Object second = new Object();
        Stage.keep(first);
        Stage.keep(second);
        CyclicBarrier both = new CyclicBarrier(2);
        stage.begin(CERTAIN, State.BLOCKED, () -> enterBoth(first, second, both));
        stage.begin(CERTAIN, State.BLOCKED, () -> enterBoth(second, first, both));
    }

    private static void enterBoth(Object own, Object other, CyclicBarrier both) throws Exception {
        synchronized (own) {
            both.await();
            Room.enter(other);
        }
    }

    /** Notified, and now waits to enter again, while the owner sleeps. */
    @Shape
    static void entersAgainAfterNotify(Stage stage) {
        Object monitor = new Object();
        Thread waiter = stage.begin(HEALTHY, State.BLOCKED, () -> Room.waitFor(monitor));
        Stage.await(() -> waiter.getState() == State.WAITING, "the wait for a notification");
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            synchronized (monitor) {
                monitor.notifyAll();
                Thread.sleep(TimeUnit.HOURS.toMillis(1));
            }
        });
    }

    /** An interrupt does not let it in. */
    @Shape
    static void isInterruptedWhileBlocked(Stage stage) {
        Object monitor = new Object();
        Thread owner = stage.begin(CERTAIN, State.WAITING, () -> Room.enterFor(monitor, new CountDownLatch(1)));
        Stage.await(() -> owner.getState() == State.WAITING, "the owner's wait");
        stage.start(CERTAIN, State.BLOCKED, () -> Room.enter(monitor)).interrupt();
    }
}
