package org.leaklab.scenario;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resources that are closed when the threads of a scenario are released. The last one is closed first, and each is
 * closed once. If one fails to close, or leaves its thread interrupted, the others are closed all the same.
 *
 * <p>What closes a resource is foreign code and may block for ever. So daemon threads of their own close the resources,
 * never the thread that releases. If a resource is still not closed after a slice of time, another thread goes on with
 * the resources behind it.
 *
 * <p>Invariant, under the lock: a resource is in {@code open} until a closer takes it. Once {@code releasing} is set,
 * nothing is added to {@code open}: a resource that comes later is closed at once, by the thread that brings it. No
 * foreign code runs under the lock.
 */
final class Resources {

    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    // guarded by this
    private final Deque<Supplier<? extends @Nullable AutoCloseable>> open = new ArrayDeque<>();
    private final List<Closer> closers = new ArrayList<>();
    private boolean releasing;

    /** Holds the resource until it is closed. */
    void add(AutoCloseable resource) {
        addOrClose(() -> resource);
    }

    /** Does not hold the resource: it is closed only if something else still reaches it. */
    void addUnheld(AutoCloseable resource) {
        addOrClose(new Unheld(resource));
    }

    /** Forgets what it does not hold. */
    synchronized void forgetUnheld() {
        open.removeIf(Unheld.class::isInstance);
    }

    private void addOrClose(Supplier<? extends @Nullable AutoCloseable> resource) {
        synchronized (this) {
            if (!releasing) {
                open.push(resource);
                return;
            }
        }
        close(resource.get());
    }

    /**
     * Closes the resources, and from now on each new one at once. Waits for that at most as long as it is told; the
     * closing goes on after that.
     *
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    void close(Duration slice) throws InterruptedException {
        Closer closer = closer();
        if (closer != null) {
            closer.thread.join(slice);
        }
    }

    /** Whether there is a resource that no thread has begun to close. */
    synchronized boolean areOpen() {
        return !open.isEmpty();
    }

    /**
     * The thread that closes what is open, a new one if those that there are have not got on; null if all is closed.
     */
    private synchronized @Nullable Closer closer() {
        releasing = true;
        closers.removeIf(closer -> !closer.thread.isAlive());
        boolean getOn = false;
        for (Closer closer : closers) {
            getOn |= closer.hasGotOn();
        }
        if (open.isEmpty() || getOn) {
            return closers.isEmpty() ? null : closers.getLast();
        }
        Closer closer = new Closer();
        closers.add(closer);
        closer.thread.start();
        return closer;
    }

    /**
     * Waits until every closing has ended, at most as long as it is told.
     *
     * @return the closings that have not ended, each as the class of its resource and the place where it is; empty if
     *     all have ended
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    List<String> awaitClosed(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Closer> left;
        synchronized (this) {
            left = List.copyOf(closers);
        }
        for (Closer closer : left) {
            closer.thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return left.stream()
                .filter(closer -> closer.thread.isAlive())
                .map(Closer::toString)
                .collect(Collectors.toList());
    }

    private synchronized @Nullable Supplier<? extends @Nullable AutoCloseable> next() {
        return open.poll();
    }

    /** A failure is logged. */
    private static void close(@Nullable AutoCloseable resource) {
        if (resource == null) { // it was not held, and is gone
            return;
        }
        try {
            resource.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // foreign code: whatever it throws, the others are still closed
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "closing a resource of class " + resource.getClass().getName() + " failed",
                    e);
        }
    }

    /** A thread that closes resource after resource. */
    private final class Closer implements Runnable {

        final Thread thread =
                Thread.ofPlatform().name("closer of resources").daemon().unstarted(this);
        private volatile String closing = "nothing";
        private final AtomicInteger closed = new AtomicInteger();
        private int closedBefore = -1; // guarded by the resources

        /** Whether it has closed something, or begun, since this was last asked. */
        boolean hasGotOn() {
            int now = closed.get();
            boolean more = now > closedBefore;
            closedBefore = now;
            return more;
        }

        @Override
        public void run() {
            for (Supplier<? extends @Nullable AutoCloseable> resource; (resource = next()) != null; ) {
                AutoCloseable taken = resource.get();
                closing = taken == null ? "nothing" : taken.getClass().getName();
                boolean ignored = Thread.interrupted(); // the one before must not cut this one short
                close(taken);
                closed.incrementAndGet();
            }
        }

        @Override
        public String toString() {
            StackTraceElement[] stack = thread.getStackTrace();
            return closing + (stack.length == 0 ? "" : " (at " + stack[0] + ")");
        }
    }
}
