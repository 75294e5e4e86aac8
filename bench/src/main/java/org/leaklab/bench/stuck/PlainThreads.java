package org.leaklab.bench.stuck;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.leaklab.core.Launcher.Task;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Threads;

/**
 * Threads as a program starts them that knows nothing of leaklab. All run one object, and stand in one array that has
 * room for all before the first is started, so that nothing of the lab's is added for each.
 *
 * <p>In a population that is to be held by nothing, the array drops each thread once it is stuck. Weak references watch
 * a sample of them. Threads that are dropped and not in the sample end with the JVM.
 */
final class PlainThreads implements Crowd {

    private static final int WATCHED = 100;
    private static final int TOLERATED = 5; // a carrier may hold the one that it ran last

    private final Threads resources;
    private final boolean lettingGo;
    private final Thread.Builder builder;
    private final Task task;
    private final Runnable body = this::run; // one for all
    private final Consumer<Throwable> failures;
    private final Thread[] threads;
    private final List<WeakReference<Thread>> watched = new ArrayList<>();
    private int started;
    private int letGo;

    /**
     * None yet.
     *
     * @param resources what they wait on, and what is closed to end them
     * @param most how many there may be
     * @param lettingGo whether those that are stuck are let go of
     * @param task what they run
     * @param failures is told of what it throws
     */
    PlainThreads(
            ThreadKind kind, Threads resources, int most, boolean lettingGo, Task task, Consumer<Throwable> failures) {
        this.task = task;
        this.resources = resources;
        this.lettingGo = lettingGo;
        this.failures = failures;
        this.threads = new Thread[most];
        this.builder = kind == ThreadKind.VIRTUAL
                ? Thread.ofVirtual().name("stuck")
                : Thread.ofPlatform().name("stuck").daemon();
    }

    private void run() {
        try {
            task.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is freed
        } catch (Exception e) {
            failures.accept(e);
        }
    }

    @Override
    public void start() {
        Thread thread = builder.unstarted(body);
        threads[started++] = thread;
        thread.start();
    }

    @Override
    public List<Thread> held() {
        return Arrays.stream(threads, 0, started)
                .filter(Objects::nonNull)
                .filter(Thread::isAlive)
                .toList();
    }

    @Override
    public int count() {
        return letGo + held().size();
    }

    @Override
    public void stuck() {
        if (lettingGo) {
            int step = Math.max(1, (started - letGo) / WATCHED);
            for (int i = letGo; i < started; i++) {
                if ((i - letGo) % step == 0) {
                    watched.add(new WeakReference<>(threads[i]));
                }
                threads[i] = null;
            }
            letGo = started;
        }
    }

    @Override
    public String stillHeld() {
        long held = watched.stream().filter(thread -> !thread.refersTo(null)).count();
        return held * 100 <= (long) TOLERATED * watched.size()
                ? ""
                : "of " + watched.size() + " stuck threads that nobody was to hold, " + held + " are held";
    }

    @Override
    public boolean end(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean ended = resources.release(patience).isEmpty(); // what they wait on comes, or is closed
        List<Thread> left = new ArrayList<>(held());
        watched.stream().map(WeakReference::get).filter(Objects::nonNull).forEach(left::add);
        left.forEach(Thread::interrupt);
        for (Thread thread : left) {
            ended &= thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return ended;
    }
}
