package org.leaklab.soak;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.memory.LiveHeap;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.soak.Worker.Role;

/**
 * Random operations on everything that the core offers, on both kinds of thread at once, for a long time: nobody gets
 * stuck, nothing is lost, and nothing grows.
 *
 * <p>The workers of a round share primitives that live as long as the soak. Some are interrupted and cancelled all the
 * time; others wait without limit and are never disturbed, so a single wake-up that is lost stops one of them for ever,
 * and the watchdog sees that it no longer gets on. After each round, when all have ended, no waiter, context or thread
 * is left, every permit is back, and what was sent was received. Live heap and the threads of the JVM are compared with
 * what they were after a tenth of the time.
 */
public final class Soak {

    /** How much live heap may have grown since a tenth of the time was over, in bytes. */
    public static final long HEAP_TOLERANCE = 2 << 20;

    /** How many more platform threads the JVM may have: carriers, compilers and the timer come and go. */
    public static final int THREAD_TOLERANCE = 8;

    private static final int RESTLESS = 6;
    private static final int PATIENT = 2;
    private static final int ROUNDS = 10;
    private static final long LONGEST_ROUND_NANOS = 5_000_000_000L;
    private static final long DISTURB_NANOS = 100_000;
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final double MEGABYTE = 1 << 20;

    private final PrintWriter out;
    private final Duration length;
    private final Duration patience;
    private final Plant plant;
    private final SplittableRandom random;
    private final Arena arena = new Arena();
    private final Steps steps = new Steps(arena);
    private final Worker.Step planted;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final long beginning = System.nanoTime();
    private final String conditions;

    // for the watchdog, which takes no lock of the core
    private volatile List<Worker> workers = List.of();
    private volatile long beat;

    private long operations;
    private @Nullable Measured early;

    /** What must not grow. */
    private record Measured(long heap, int jvmThreads) {
        static Measured now() {
            return new Measured(
                    LiveHeap.bytes(), ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    /**
     * A soak.
     *
     * @param length how long it takes
     * @param patience how long a worker may take for one operation
     * @param seed what is random comes from it, but for the scheduling of the threads
     */
    public Soak(PrintWriter out, Duration length, Duration patience, long seed, Plant plant) {
        this.out = out;
        this.length = length;
        this.patience = patience;
        this.plant = plant;
        this.random = new SplittableRandom(seed);
        this.planted = plant.around(arena, plant.isForPatient() ? steps::patiently : steps::anything);
        this.conditions = "Java " + Runtime.version().feature() + ", seed " + seed;
    }

    /**
     * Runs it to its end, or until something is wrong. Ends its threads in any case.
     *
     * @return what is wrong; empty when all is well
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<String> run() throws InterruptedException {
        say(String.format("Soaking for %d s on %s ...", length.toSeconds(), conditions));
        beat = System.nanoTime();
        Thread conductor = Thread.ofPlatform().name("soak").daemon().start(this::conduct);
        try {
            while (!conductor.join(LOOK) && complaints.isEmpty()) {
                watch(conductor);
            }
        } catch (InterruptedException e) {
            complaints.add("the soak was interrupted"); // so the conductor ends, and starts no more workers
            throw e;
        } finally {
            arena.release(patience);
        }
        complaints.forEach(complaint -> say("WRONG: " + complaint));
        return complaints;
    }

    /** Complains if a worker, or the conductor itself, does not get on. */
    private void watch(Thread conductor) {
        List<Worker> stuck = workers.stream()
                .filter(each -> each.idleNanos() > patience.toNanos())
                .sorted(Comparator.comparing(each -> each.role))
                .toList();
        if (!stuck.isEmpty() || System.nanoTime() - beat > 2 * patience.toNanos()) {
            List<String> all = new ArrayList<>();
            all.add("no progress within " + patience.toMillis() + " ms: "
                    + (stuck.isEmpty() ? "the soak itself, " : stuck.size() + " workers, ") + conditions);
            stuck.forEach(each -> all.add(each.stack()));
            if (stuck.isEmpty()) {
                all.add(Worker.stack(conductor));
            }
            complaints.addAll(all);
        }
    }

    private void conduct() {
        try {
            Measured last = null;
            while (complaints.isEmpty() && secondsPassed() < length.toSeconds()) {
                last = round();
                if (early == null && secondsPassed() * ROUNDS >= length.toSeconds()) {
                    early = last;
                }
                if (early != null) {
                    compare(early, last);
                }
            }
            if (complaints.isEmpty() && early != null) {
                say(String.format(
                        "All is well: nobody got stuck, items are conserved, nothing is left behind;"
                                + " live heap %.1f MB after a tenth of the time, %.1f MB at the end.",
                        early.heap / MEGABYTE, last.heap / MEGABYTE));
            }
        } catch (InterruptedException | RuntimeException e) {
            complaints.add("the soak failed: " + e + " at " + List.of(e.getStackTrace()));
        }
    }

    private Measured round() throws InterruptedException {
        Context end = Context.background().withCancel();
        List<Worker> workers = workers(end);
        try {
            workers.forEach(Worker::start);
        } catch (RuntimeException e) { // the soak has been ended meanwhile, and takes no more threads
            workers.forEach(Worker::tellToStop);
            throw e;
        }
        this.workers = workers;
        long until = System.nanoTime() + Math.min(length.toNanos() / ROUNDS, LONGEST_ROUND_NANOS);
        while (System.nanoTime() - until < 0 && complaints.isEmpty()) {
            disturb(workers);
        }
        int threads = arena.liveThreads();
        int waiters = arena.waiters();
        for (Role role : Role.values()) {
            List<Worker> stopping =
                    workers.stream().filter(worker -> worker.role == role).toList();
            stopping.forEach(Worker::tellToStop);
            if (role == Role.RECEIVER) {
                end.cancel();
            }
            while (stopping.stream().anyMatch(Worker::isLive) && complaints.isEmpty()) {
                disturb(workers);
            }
        }
        if (complaints.isEmpty()) {
            check(workers);
        }
        Measured measured = Measured.now();
        beat = System.nanoTime();
        operations += workers.stream().mapToLong(Worker::operations).sum();
        say(String.format(
                "%5.0f s  %,13d operations  %3d threads and %2d waiters, then %d and %d  heap %.1f MB",
                secondsPassed(),
                operations,
                threads,
                waiters,
                arena.liveThreads(),
                arena.waiters(),
                measured.heap / MEGABYTE));
        return measured;
    }

    private List<Worker> workers(Context end) {
        record Post(Role role, Launcher threads, Worker.Step step) {}
        List<Post> posts = new ArrayList<>();
        for (int i = 0; i < 2 * RESTLESS; i++) {
            posts.add(new Post(Role.RESTLESS, arena.launcher(i), planted(false, i, steps::anything)));
        }
        for (int i = 0; i < 2 * PATIENT; i++) {
            posts.add(new Post(Role.PATIENT, arena.launcher(i), planted(true, i, steps::patiently)));
        }
        for (int i = 0; i < arena.channels.size(); i++) {
            int number = i;
            posts.add(new Post(Role.SENDER, arena.launcher(i), worker -> steps.sendTo(worker, number)));
            posts.add(new Post(Role.RECEIVER, arena.launcher(i / 2), worker -> steps.receiveFrom(worker, number, end)));
        }
        List<Worker> workers = new ArrayList<>();
        for (Post post : posts) {
            int number = workers.size();
            Ledger ledger = new Ledger(number, posts.size(), arena.ledgerChannels());
            String name = post.role + " worker " + number;
            workers.add(new Worker(post.role, name, post.threads, random.split(), ledger, post.step));
        }
        workers.stream().filter(worker -> worker.role == Role.RESTLESS).forEach(worker -> worker.renew(anyContext()));
        return workers;
    }

    private Worker.Step planted(boolean patient, int number, Worker.Step step) {
        return number == 0 && plant.isForPatient() == patient ? planted : step;
    }

    private Context anyContext() {
        return random.nextBoolean() ? arena.root.withCancel() : arena.root.withTimeout(Duration.ofHours(1));
    }

    /** Interrupts or cancels a restless worker. */
    private void disturb(List<Worker> workers) {
        Worker worker = workers.get(random.nextInt(2 * RESTLESS));
        if (random.nextBoolean()) {
            worker.interrupt();
        } else {
            worker.renew(anyContext());
        }
        beat = System.nanoTime();
        LockSupport.parkNanos(DISTURB_NANOS);
    }

    /** What must hold when all workers of a round have ended. */
    private void check(List<Worker> workers) throws InterruptedException {
        for (Worker worker : workers) {
            worker.renew(null);
            if (worker.failure() != null) {
                complaints.add("a worker failed: " + worker.failure() + " at "
                        + List.of(worker.failure().getStackTrace()));
            }
        }
        boolean virtualEnded = arena.virtual.awaitLive(0, patience);
        boolean platformEnded = arena.platform.awaitLive(0, patience);
        Ledger rest = new Ledger(workers.size(), workers.size() + 1, arena.ledgerChannels());
        arena.drain(rest);
        List<Ledger> ledgers = new ArrayList<>(List.of(rest));
        workers.forEach(worker -> ledgers.add(worker.ledger));
        complaints.addAll(Ledger.complaints(ledgers));
        complaints.addAll(arena.complaints());
        if (!virtualEnded || !platformEnded) {
            complaints.add("some tasks did not end within " + patience.toMillis() + " ms");
        }
    }

    private void compare(Measured first, Measured last) {
        if (last.heap - first.heap > HEAP_TOLERANCE) {
            complaints.add(String.format(
                    "the live heap grew from %.1f MB after a tenth of the time to %.1f MB, by more than %.0f MB",
                    first.heap / MEGABYTE, last.heap / MEGABYTE, HEAP_TOLERANCE / MEGABYTE));
        }
        if (last.jvmThreads - first.jvmThreads > THREAD_TOLERANCE) {
            complaints.add("the JVM's platform threads grew from " + first.jvmThreads + " to " + last.jvmThreads);
        }
    }

    /** How many of its threads live. Seen by tests. */
    int liveThreads() {
        return arena.liveThreads();
    }

    private double secondsPassed() {
        return (System.nanoTime() - beginning) / 1e9;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
