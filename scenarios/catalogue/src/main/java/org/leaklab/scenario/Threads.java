package org.leaklab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/**
 * What a scenario works with: it starts threads, does work that ignores interrupts, and remembers resources that must
 * be closed.
 *
 * <p>The lab runs the scenario and then calls {@link #release}, which ends what the scenario left behind. A scenario
 * never calls {@link #release} or {@link #close}. Safe for use by any number of threads.
 */
public final class Threads implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int QUIET_LOOKS = 2;
    private static final Duration BETWEEN_CLOSINGS = Duration.ofMillis(50);
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    private final Launcher launcher;
    private final Resources resources = new Resources();
    private volatile boolean released;

    @SuppressWarnings("UnusedVariable") // written so that the work is not optimized away
    private long sink;

    private Threads(Launcher launcher) {
        this.launcher = launcher;
    }

    /**
     * New threads of one kind. A default {@link Launcher} of that kind starts them, with its limit. A failure of a task
     * is logged as a warning, unless {@link #onFailure} sets something else.
     */
    public static Threads of(ThreadKind kind) {
        Threads threads = new Threads(Launcher.of(kind));
        threads.onFailure((launched, failure) ->
                LOG.log(System.Logger.Level.WARNING, "thread \"" + launched.name() + "\" failed", failure));
        return threads;
    }

    /** Starts a thread that runs the task. See {@link Launcher#start} for what it throws. */
    public Launched start(String name, Launcher.Task task) {
        return launcher.start(name, task);
    }

    /** The launcher that starts the threads. Scenarios pass it to task groups, executors and thread factories. */
    public Launcher launcher() {
        return launcher;
    }

    /**
     * Waits until every other thread that these have started has ended, or waits without a time limit. A form calls it
     * to bring about the unlucky order of events, so that it always goes wrong in the same way. A thread that was woken
     * looks, until it runs, as if it still waited; so do not call it right after something that wakes threads.
     *
     * @throws InterruptedException if the current thread is interrupted
     */
    public void awaitOthers() throws InterruptedException {
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            Thread.sleep(1);
            quiet = launcher.live().stream()
                            .map(Launched::thread)
                            .filter(thread -> thread != Thread.currentThread())
                            .map(Thread::getState)
                            .allMatch(state -> state == Thread.State.WAITING || state == Thread.State.BLOCKED)
                    ? quiet + 1
                    : 0;
        }
    }

    /**
     * Does one unit of work: about a microsecond of arithmetic. It is for loops that ignore everything else. As real
     * computation, it looks neither at the interrupt flag nor at a context. It ends such a loop only when the lab
     * releases the threads.
     *
     * @throws Released if the lab has released the threads
     */
    public void work() {
        if (released) {
            throw new Released();
        }
        long x = System.identityHashCode(this) | 1L;
        for (int i = 0; i < 500; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        if (x == 42) { // never for an odd seed in practice, but the compiler cannot know
            sink = x;
        }
    }

    /**
     * Remembers a resource, such as a socket that threads wait on. {@link #release} closes it before it interrupts the
     * threads. If the threads are released already, this method closes the resource at once, on the calling thread.
     *
     * @return the resource
     */
    public <R extends AutoCloseable> R closing(R resource) {
        resources.add(resource);
        return resource;
    }

    /**
     * Remembers a resource like {@link #closing}, but does not hold it: for a resource that only its own threads know,
     * such as an executor that was forgotten. A detector then sees who else reaches the resource. {@link #release}
     * closes the resource if something still reaches it, as the worker threads of an executor do.
     *
     * @return the resource
     */
    public <R extends AutoCloseable> R closingWithoutHolding(R resource) {
        resources.addUnheld(resource);
        return resource;
    }

    /**
     * Forgets the resources of {@link #closingWithoutHolding}, which are not closed then: for a process that ends with
     * its threads. A collection that clears the reference to such a resource clears what a service would not have.
     */
    public void forgetUnheld() {
        resources.forgetUnheld();
    }

    /**
     * Sets what happens when a task throws an exception other than {@link InterruptedException},
     * {@link java.util.concurrent.CancellationException} and {@link Released}. The handler runs on the failing thread.
     * It replaces the one before it.
     */
    public void onFailure(BiConsumer<Launched, Throwable> handler) {
        launcher.onFailure((launched, failure) -> {
            if (!(failure instanceof Released)) {
                handler.accept(launched, failure);
            }
        });
    }

    /**
     * Ends all that is left: closes the {@linkplain #closing resources}, the last one first, makes {@link #work()}
     * throw, and {@linkplain Launcher#shutdownNow shuts the launcher down}. From now on a new resource is closed at
     * once and no new thread starts. May be called again.
     *
     * <p>Threads of their own close the resources, so this method returns within its patience whatever a resource does.
     * A resource that blocks in its {@code close()} does not keep the threads from being interrupted, nor the other
     * resources from being closed.
     *
     * @param patience how long to wait in all
     * @return the threads that have not ended; empty if all have ended
     * @throws IllegalStateException if a resource is not closed when the patience is over; the message names the
     *     resource, the place where its {@code close()} is, and the threads that have not ended
     * @throws InterruptedException if the current thread is interrupted; threads may still run then
     */
    public List<Launched> release(Duration patience) throws InterruptedException {
        released = true;
        long deadline = System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(patience));
        List<Launched> left;
        boolean late;
        do {
            resources.close(least(BETWEEN_CLOSINGS, until(deadline)));
            late = !until(deadline).isPositive();
            left = launcher.shutdownNow(least(BETWEEN_CLOSINGS, until(deadline)));
        } while ((!left.isEmpty() || resources.areOpen()) && !late);
        List<String> open = resources.awaitClosed(until(deadline));
        if (!open.isEmpty()) {
            throw new IllegalStateException("these resources do not close: " + String.join(", ", open)
                    + (left.isEmpty() ? "" : "; these threads do not end: " + left));
        }
        return left;
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * {@linkplain #release Releases} the threads and waits at most ten seconds. If the current thread is interrupted,
     * this method goes on waiting and sets the interrupt flag again when it returns or throws.
     *
     * @throws IllegalStateException if a thread has not ended, or a resource is not closed, after ten seconds
     */
    @Override
    public void close() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        List<Launched> left = null;
        try {
            while (left == null) {
                try {
                    left = release(until(deadline));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("these threads do not end: " + left);
        }
    }
}
