package org.leaklab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/**
 * What a scenario has to work with: a launcher for its threads, work that heeds nothing, and a place for the resources
 * that have to be closed after it.
 *
 * <p>The lab, which runs the scenario, ends with {@link #release} what the scenario left behind. A scenario never calls
 * that. Safe for use by any number of threads.
 */
public final class Threads implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
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

    /** Threads of one kind, at most as many as a launcher of that kind allows. */
    public static Threads of(ThreadKind kind) {
        Threads threads = new Threads(Launcher.of(kind));
        threads.onFailure((launched, failure) ->
                LOG.log(System.Logger.Level.WARNING, "thread \"" + launched.name() + "\" failed", failure));
        return threads;
    }

    /** Starts a thread: {@link Launcher#start}. */
    public Launched start(String name, Launcher.Task task) {
        return launcher.start(name, task);
    }

    /** The launcher of its threads, for task groups, executors, thread factories and whatever else takes one. */
    public Launcher launcher() {
        return launcher;
    }

    /**
     * One unit of work, about a microsecond of arithmetic, for loops that heed nothing else: it notices neither
     * interrupts nor contexts, as real computation does not. It ends only when the lab releases the threads.
     *
     * @throws Released once the lab releases the threads
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
     * Remembers a resource that {@link #release} closes before it interrupts: a socket, say, on which threads block.
     */
    public <R extends AutoCloseable> R closing(R resource) {
        resources.add(resource);
        return resource;
    }

    /**
     * Says what happens when a task fails other than by interrupt, cancellation or release: {@link Launcher#onFailure}.
     */
    public void onFailure(BiConsumer<Launched, Throwable> handler) {
        launcher.onFailure((launched, failure) -> {
            if (!(failure instanceof Released)) {
                handler.accept(launched, failure);
            }
        });
    }

    /**
     * Ends all that is left: closes the {@linkplain #closing resources} (last first), lets {@link #work()} throw, and
     * {@linkplain Launcher#shutdownNow shuts the launcher down}. Resources that come meanwhile are closed too. May be
     * called again.
     *
     * @param patience how long to wait in all
     * @return the threads that still have not ended; empty when all is well
     * @throws InterruptedException if the releasing thread is interrupted
     */
    public List<Launched> release(Duration patience) throws InterruptedException {
        released = true;
        long began = System.nanoTime();
        List<Launched> left;
        boolean late;
        do {
            resources.close();
            Duration remaining = patience.minusNanos(System.nanoTime() - began);
            late = !remaining.isPositive();
            Duration slice = remaining.compareTo(BETWEEN_CLOSINGS) < 0 ? remaining : BETWEEN_CLOSINGS;
            left = launcher.shutdownNow(slice);
        } while (!left.isEmpty() && !late);
        resources.close();
        return left;
    }

    /**
     * {@link #release Releases} with a patience of ten seconds.
     *
     * @throws IllegalStateException if a thread does not end
     */
    @Override
    public void close() {
        try {
            List<Launched> left = release(PATIENCE);
            if (!left.isEmpty()) {
                throw new IllegalStateException("these threads do not end: " + left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
