package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;
import static org.leaklab.heapdump.suite.Label.UNLESS_INTERRUPTED;

import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.core.ThreadKind;

/** Who holds the thread itself, and what can be done with it. */
@SuppressWarnings("WaitNotInLoop") // these waits never return
final class HandleShapes {

    private HandleShapes() {}

    /** A cancellation would interrupt it. */
    @Shape
    static void futureOfItsTask(Stage stage) {
        FutureTask<Object> task = new FutureTask<>(() -> {
            new CountDownLatch(1).await();
            return 1;
        });
        Stage.keep(task);
        stage.start(UNLESS_INTERRUPTED, task::run);
    }

    @Shape
    static void lockThatItOwns(Stage stage) {
        ReentrantLock lock = new ReentrantLock();
        Stage.keep(lock);
        stage.start(UNLESS_INTERRUPTED, () -> {
            lock.lock();
            new CountDownLatch(1).await();
        });
    }

    private static void parkForEver() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    /** Whoever has the thread can unpark it. */
    @Shape
    static void parkWithoutBlocker(Stage stage) {
        Stage.keep(stage.start(HEALTHY, HandleShapes::parkForEver));
    }

    /** Code that parks by reflection parks by itself, and whoever holds the thread may wake it. */
    @Shape
    static void parkByReflection(Stage stage) throws ReflectiveOperationException {
        Method park = LockSupport.class.getMethod("park", Object.class);
        Stage.keep(stage.start(HEALTHY, () -> {
            while (!Thread.currentThread().isInterrupted()) {
                park.invoke(null, new Object());
            }
        }));
    }

    @Shape
    static void parkWithoutBlockerOrHandle(Stage stage) {
        stage.start(CERTAIN, HandleShapes::parkForEver);
    }

    @Shape
    static void parkWithoutBlockerAndAHandleOfTheLeaked(Stage stage) {
        stage.leaked(stage.start(CERTAIN, HandleShapes::parkForEver));
    }

    private static final class Server extends Thread {

        private final CountDownLatch stop = new CountDownLatch(1);

        @Override
        public void run() {
            try {
                stop.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Server server(Stage stage, Label label) {
        Server server = new Server();
        server.setDaemon(true);
        stage.enter(server, label, Thread.State.WAITING);
        return server;
    }

    /** Whoever has the thread has its fields, those of its own class. */
    @Shape(kinds = ThreadKind.PLATFORM)
    static void fieldOfItsClass(Stage stage) {
        Stage.keep(server(stage, HEALTHY));
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void fieldOfItsClassWithoutHandle(Stage stage) {
        server(stage, CERTAIN);
    }

    /** What {@link Thread#getUncaughtExceptionHandler} gives to whoever has the thread. */
    @Shape
    static void itsOwnHandlerOfUncaughtExceptions(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        Stage.keep(stage.start(HEALTHY, () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> latch.countDown());
            latch.await();
        }));
    }

    /** What {@link Thread#getContextClassLoader} gives to whoever has the thread. */
    @Shape
    static void itsOwnContextClassLoader(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        ClassLoader loader = OtherLoader.vaultWith(latch);
        Stage.keep(stage.start(HEALTHY, () -> {
            Thread.currentThread().setContextClassLoader(loader);
            latch.await();
        }));
    }

    /** Nobody can read another thread's locals, whoever has the thread. */
    @Shape
    static void itsOwnThreadLocal(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        ThreadLocal<Object> local = new ThreadLocal<>();
        Stage.keep(local);
        Stage.keep(stage.start(UNLESS_INTERRUPTED, () -> {
            local.set(latch);
            latch.await();
        }));
    }

    /** Each of two has the other, and nobody has either. */
    @Shape
    static void ofEachOther(Stage stage) {
        Thread[] both = new Thread[2];
        both[0] = stage.start(CERTAIN, () -> {
            new CountDownLatch(1).await();
            both[1].interrupt();
        });
        both[1] = stage.start(CERTAIN, () -> {
            new CountDownLatch(1).await();
            both[0].interrupt();
        });
    }

    /** That it was notified once says nothing of the wait after it. */
    @Shape
    static void wasNotifiedBefore(Stage stage) {
        Object monitor = new Object();
        Thread waiter = stage.begin(CERTAIN, Thread.State.WAITING, () -> {
            Room.waitFor(monitor);
            new CountDownLatch(1).await();
        });
        Stage.await(() -> waiter.getState() == Thread.State.WAITING, "the wait for a notification");
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }
}
