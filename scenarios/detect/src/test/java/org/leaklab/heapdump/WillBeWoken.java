package org.leaklab.heapdump;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.leaklab.testing.Eventually;

/**
 * A program with a thread "waiter" that the program will wake, in a way that is easily overlooked; or, for "deep",
 * "readerEnded" and "nullVariable", with one that it will not. Prints "ready" when all wait.
 */
@SuppressWarnings({"StaticGuardedByInstance", "LockNotBeforeTry"}) // on purpose
final class WillBeWoken {

    private static final int DEPTH = 5_000;
    private static final int ROUNDS = 50_000;
    private static final long STACK_BYTES = 256L << 20;

    private static volatile Object sink;

    private WillBeWoken() {}

    private static Thread start(String name, boolean virtual, Runnable task) {
        Thread thread =
                virtual ? Thread.ofVirtual().name(name).unstarted(task) : new Thread(null, task, name, STACK_BYTES);
        if (!virtual) {
            thread.setDaemon(true);
        }
        thread.start();
        return thread;
    }

    private static void sleep() {
        try {
            Thread.sleep(1_000_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized void sleepInTheClass() {
        sleep();
    }

    /** Its thread is leaked, knows the class, and has left the only monitor that it ever entered. */
    private static void knowsTheClass() {
        Class<?> type = WillBeWoken.class;
        Object other = new Object();
        synchronized (other) {
            sink = other;
        }
        await(new CountDownLatch(1));
        sink = type;
    }

    private static void entersTheClass() {
        Class<?> type = WillBeWoken.class;
        synchronized (type) {
            sink = type;
        }
    }

    private static List<Thread> staticSynchronized(boolean virtual) {
        Thread owner = start("owner", virtual, WillBeWoken::sleepInTheClass);
        Eventually.until(() -> owner.getState() == Thread.State.TIMED_WAITING);
        start("knows", virtual, WillBeWoken::knowsTheClass);
        return List.of(start("waiter", virtual, WillBeWoken::entersTheClass));
    }

    /** Lets all through when it is open, and who opens it knows the threads and not the gate. */
    private static final class Gate extends AbstractQueuedSynchronizer {

        private static final Set<Thread> WAITERS = ConcurrentHashMap.newKeySet();
        private static volatile boolean open;

        @Override
        protected int tryAcquireShared(int ignored) {
            return open ? 1 : -1;
        }

        static void open() {
            open = true;
            WAITERS.forEach(LockSupport::unpark);
        }
    }

    private static List<Thread> ownSynchronizer(boolean virtual) {
        Thread waiter = start("waiter", virtual, () -> {
            Gate.WAITERS.add(Thread.currentThread());
            new Gate().acquireShared(1);
        });
        start("opener", virtual, () -> {
            sleep();
            Gate.open();
        });
        return List.of(waiter);
    }

    private static final class OwnLock extends ReentrantLock {

        private static final OwnLock LOCK = new OwnLock();

        void wake() {
            LockSupport.unpark(getOwner());
        }
    }

    private static List<Thread> ownLock(boolean virtual) {
        Thread waiter = start("waiter", virtual, () -> {
            OwnLock.LOCK.lock();
            LockSupport.park();
            OwnLock.LOCK.unlock();
        });
        start("waker", virtual, () -> {
            sleep();
            OwnLock.LOCK.wake();
        });
        return List.of(waiter);
    }

    /** A recursion with an argument that is null and used later. */
    private static Object walk(Object tree, StringBuilder log, int depth, boolean sleeps) {
        if (depth == 0) {
            if (sleeps) {
                sleep();
            }
            return tree;
        }
        Object found = walk(tree, log, depth - 1, sleeps);
        if (log != null) {
            log.append(found);
        }
        return found;
    }

    private static List<Thread> deep(boolean virtual) {
        for (int i = 0; i < ROUNDS; i++) { // compiled frames do not show what is not used any more
            sink = walk("tree", null, 1, false);
        }
        Thread deep = start("deep", virtual, () -> sink = walk("tree", null, DEPTH, true));
        Eventually.until(() -> deep.getState() == Thread.State.TIMED_WAITING);
        return List.of(start("leaked", virtual, () -> await(new CountDownLatch(1))));
    }

    private static final ReentrantReadWriteLock SHARED = new ReentrantReadWriteLock();

    /** A reader ended with its hold, which was not the first one; nobody can write any more. */
    private static List<Thread> readerEnded(boolean virtual) {
        SHARED.readLock().lock();
        Thread ended = start("ended", virtual, () -> SHARED.readLock().lock());
        Eventually.until(() -> !ended.isAlive());
        SHARED.readLock().unlock();
        return List.of(start("leaked", virtual, () -> SHARED.writeLock().lock()));
    }

    private static final AtomicReference<CountDownLatch> SLOT = new AtomicReference<>();

    private static final class Slow {

        static {
            sleep();
        }

        static void wake(CountDownLatch latch) {
            latch.countDown();
        }
    }

    /** What is given to a call is on no stack that a dump shows, until the class of the method is initialized. */
    private static List<Thread> givenToACall(boolean virtual) {
        CountDownLatch latch = new CountDownLatch(1);
        SLOT.set(latch);
        Thread waiter = start("waiter", virtual, () -> await(latch));
        Thread waker = start("waker", false, () -> Slow.wake(SLOT.getAndSet(null)));
        Eventually.until(() -> waker.getState() == Thread.State.TIMED_WAITING);
        return List.of(waiter);
    }

    static final class Wakes {

        private Wakes() {}

        static void wake(CountDownLatch latch) {
            latch.countDown();
        }
    }

    /** Loaded by {@link SlowLoader}, as {@link Wakes} is. */
    static final class Gives implements Consumer<AtomicReference<CountDownLatch>> {

        Gives() {}

        @Override
        public void accept(AtomicReference<CountDownLatch> slot) {
            Wakes.wake(slot.getAndSet(null));
        }
    }

    private static final class SlowLoader extends ClassLoader {

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (name.equals(Wakes.class.getName())) {
                sleep();
            }
            return name.startsWith(WillBeWoken.class.getName()) ? findClass(name) : super.loadClass(name);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = WillBeWoken.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void giveToALoadedClass() {
        try {
            Constructor<?> gives =
                    new SlowLoader().loadClass(Gives.class.getName()).getDeclaredConstructor();
            gives.setAccessible(true);
            ((Consumer<AtomicReference<CountDownLatch>>) gives.newInstance()).accept(SLOT);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same while that class is loaded, and the caller has no class file that can be found. */
    private static List<Thread> givenWhileLoading(boolean virtual) {
        CountDownLatch latch = new CountDownLatch(1);
        SLOT.set(latch);
        Thread waiter = start("waiter", virtual, () -> await(latch));
        Thread waker = start("waker", false, WillBeWoken::giveToALoadedClass);
        Eventually.until(() -> waker.getState() == Thread.State.TIMED_WAITING);
        return List.of(waiter);
    }

    private static volatile Object next;

    private static Object next() {
        sleep();
        return next;
    }

    /** Waits for the first object; the variable for it is null and is used later, also where an exception is thrown. */
    private static void idle() {
        Object found = null;
        while (found == null) {
            try {
                found = next();
            } catch (IllegalStateException e) {
                sink = found;
            }
            sink = found;
        }
    }

    private static List<Thread> nullVariable(boolean virtual) {
        Thread idle = start("idle", virtual, WillBeWoken::idle);
        Eventually.until(() -> idle.getState() == Thread.State.TIMED_WAITING);
        return List.of(start("leaked", virtual, () -> await(new CountDownLatch(1))));
    }

    /** In a method of its own: main must not hold the threads. */
    private static void plant(String mode, boolean virtual) {
        List<Thread> waiting = switch (mode) {
            case "staticSynchronized" -> staticSynchronized(virtual);
            case "ownSynchronizer" -> ownSynchronizer(virtual);
            case "ownLock" -> ownLock(virtual);
            case "deep" -> deep(virtual);
            case "readerEnded" -> readerEnded(virtual);
            case "givenToACall" -> givenToACall(virtual);
            case "givenWhileLoading" -> givenWhileLoading(virtual);
            case "nullVariable" -> nullVariable(virtual);
            default -> throw new IllegalArgumentException(mode);
        };
        Eventually.until(() -> waiting.stream()
                .allMatch(thread ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.BLOCKED));
    }

    public static void main(String[] args) throws Exception {
        plant(args[0], args[1].equals("virtual"));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until the test has seen it
        }
    }
}
