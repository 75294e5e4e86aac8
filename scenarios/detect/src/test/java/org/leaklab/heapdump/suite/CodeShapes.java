package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.lang.ref.Reference;
import java.util.function.Supplier;

/**
 * Waits whose monitor only the code tells, once {@link Object#wait} is compiled and its frame shows nothing: what is
 * waited on stands beside other objects of its type, or is not shown and others are.
 */
@SuppressWarnings({"WaitNotInLoop", "SynchronizeOnNonFinalField", "NonAtomicVolatileUpdate"
}) // these waits never return
final class CodeShapes {

    private CodeShapes() {}

    private static Room alive() {
        Room alive = new Room();
        Stage.keep(alive);
        return alive;
    }

    /** Something that is used after the wait, so that compiled code keeps it. */
    private static void waitOnFirst(Room first, Room second) throws InterruptedException {
        synchronized (first) {
            first.wait();
        }
        Reference.reachabilityFence(second);
    }

    private static void waitOnSecond(Room first, Room second) throws InterruptedException {
        synchronized (first) {
            synchronized (second) {
                second.wait();
            }
        }
    }

    @Shape
    static void livingMonitorBesideAPrivateObject(Stage stage) {
        Room alive = alive();
        stage.start(HEALTHY, () -> waitOnFirst(alive, new Room()));
    }

    @Shape
    static void privateMonitorBesideALivingObject(Stage stage) {
        Room alive = alive();
        stage.start(CERTAIN, () -> waitOnFirst(new Room(), alive));
    }

    @Shape
    static void livingMonitorInsideAPrivateOneOfItsType(Stage stage) {
        Room alive = alive();
        stage.start(HEALTHY, () -> waitOnSecond(new Room(), alive));
    }

    private static void waitOnFirstAndMakeAnother(Room first) throws InterruptedException {
        synchronized (first) {
            Room another = new Room();
            first.wait();
            Reference.reachabilityFence(another);
        }
    }

    @Shape
    static void livingMonitorBeforeAPrivateObject(Stage stage) {
        Room alive = alive();
        stage.start(HEALTHY, () -> waitOnFirstAndMakeAnother(alive));
    }

    private static void waitFor(Object bell, Supplier<?> later) throws InterruptedException {
        bell.wait();
        Reference.reachabilityFence(later);
    }

    /** What is shown is in a variable of an interface, and no dump says who implements it. */
    @Shape
    static void livingMonitorBesideAPrivateImplementation(Stage stage) {
        Object alive = new Object();
        Stage.keep(alive);
        stage.start(HEALTHY, () -> {
            synchronized (alive) {
                waitFor(alive, new ThreadLocal<Object>()::get);
            }
        });
    }

    private static synchronized void waitOnTheClass(Room garbage) throws InterruptedException {
        CodeShapes.class.wait();
        Reference.reachabilityFence(garbage);
    }

    /** The class's own monitor is on no frame, and a private one is. */
    @Shape
    static void staticMethodInsideAPrivateBlock(Stage stage) {
        stage.start(HEALTHY, () -> {
            Room garbage = new Room();
            synchronized (garbage) {
                waitOnTheClass(garbage);
            }
        });
    }

    private static final class Nook {

        private int visits;

        /** Drops itself, once compiled, and keeps the other. */
        synchronized void awaitBeside(Nook other) throws InterruptedException {
            waitBeside(other);
        }

        private void waitBeside(Nook other) throws InterruptedException {
            wait();
            other.visits++;
        }
    }

    /** The receiver is dropped, and a private object of its type is used later. */
    @Shape
    static void livingReceiverBesideAPrivateObject(Stage stage) {
        Nook alive = new Nook();
        Stage.keep(alive);
        stage.start(HEALTHY, () -> alive.awaitBeside(new Nook()));
    }

    @Shape
    static void livingReceiverInsideAPrivateBlock(Stage stage) {
        Room alive = alive();
        stage.start(HEALTHY, () -> {
            Room garbage = new Room();
            synchronized (garbage) {
                alive.await();
            }
        });
    }

    /** One line, two objects in turn. */
    private static void waitInTurn(Room first, Room second) throws InterruptedException {
        Room now = first;
        for (int turn = 0; turn < 2; turn++) {
            synchronized (now) {
                now.wait(1 - turn); // a wait of 0 is one without limit
            }
            now = second;
        }
        Reference.reachabilityFence(first);
    }

    @Shape
    static void livingMonitorAfterAPrivateOne(Stage stage) {
        Room alive = alive();
        stage.start(HEALTHY, () -> waitInTurn(new Room(), alive));
    }

    private static final class Desk {

        private final Object bell;
        private final Object lamp;

        Desk(Object bell, Object lamp) {
            this.bell = bell;
            this.lamp = lamp;
        }

        void waitForTheBell() throws InterruptedException {
            Object light = lamp;
            synchronized (bell) {
                bell.wait();
            }
            Reference.reachabilityFence(light);
        }
    }

    @Shape
    static void livingMonitorInAField(Stage stage) {
        Object alive = new Object();
        Stage.keep(alive);
        stage.start(HEALTHY, () -> new Desk(alive, new Object()).waitForTheBell());
    }

    @Shape
    static void privateMonitorInAField(Stage stage) {
        stage.start(CERTAIN, () -> new Desk(new Object(), new Object()).waitForTheBell());
    }
}
