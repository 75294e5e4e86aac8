package org.leaklab.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.JvmThreads;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * Runs cells, one at a time, and ends the threads that they leave behind.
 *
 * <p>A platform thread of its own, the "caller", runs the cell's form. The thread that calls {@link #run} then looks
 * again and again, until as many threads as expected are stuck and no others are left. If that does not happen within
 * the patience, the result is what the last look found.
 *
 * <p>A thread counts as stuck when it waits without a time limit at a place that the scenario's class names, no
 * deadline or timer can end that wait, and everything else in the cell has ended or is stuck too. If something may
 * still wake it, the result says that the lab cannot tell, and the thread does not count. Threads that compute or sleep
 * in a loop prove nothing by waiting: the lab looks at them for half a second, and must see a sleeping one wake and
 * sleep again. If it does not see that, it looks for two seconds.
 *
 * <p>Do not run two cells at the same time in a JVM: each of them counts the threads of the whole JVM.
 */
public final class Lab {

    private static final long LOOK_MILLIS = 2;

    private final Duration patience;

    /** A lab with the patience of the system property {@code leaklab.patience}, in seconds; by default 10. */
    public Lab() {
        this(Duration.ofMillis((long) (1000 * Double.parseDouble(System.getProperty("leaklab.patience", "10")))));
    }

    /** A lab with a patience: how long it waits at most for each thing that it expects. */
    public Lab(Duration patience) {
        this.patience = patience;
    }

    /**
     * Runs a cell and ends its threads. Runs it in a JVM of its own if the scenario needs that.
     *
     * @throws IllegalStateException if the current thread is virtual and the cell runs in this JVM
     * @throws java.io.UncheckedIOException if the JVM of its own cannot be started or its result cannot be read
     * @throws InterruptedException if the current thread is interrupted; the cell's threads are released before
     */
    public CellResult run(Cell cell) throws InterruptedException {
        return run(cell, Set.of());
    }

    /**
     * Runs a cell, lets the detectors look at the threads that are left, and then ends these threads. Runs the cell in
     * a JVM of its own if the scenario needs that. For {@link Detector#LIVE} runs it once more, in a JVM that is probed
     * from outside. For {@link Detector#JSON_DUMP} beside {@link Detector#REACHABILITY} it runs it once more too:
     * threads that can be found unreachable are not in the JDK's own list, so a dump of the JDK would miss them.
     *
     * @throws IllegalStateException if the current thread is virtual and the cell runs in this JVM
     * @throws java.io.UncheckedIOException if the JVM of its own cannot be started or its result cannot be read
     * @throws InterruptedException if the current thread is interrupted; the cell's threads are released before
     */
    public CellResult run(Cell cell, Set<Detector> detectors) throws InterruptedException {
        Set<Detector> inside = EnumSet.noneOf(Detector.class);
        inside.addAll(detectors);
        boolean probed = inside.remove(Detector.LIVE);
        boolean dumped = inside.contains(Detector.REACHABILITY) && inside.remove(Detector.JSON_DUMP);
        CellResult result = runWithout(cell, inside);
        if (dumped) {
            for (Said said : runWithout(cell, EnumSet.of(Detector.JSON_DUMP)).said()) {
                result = result.saidBy(said);
            }
        }
        return probed ? result.saidBy(ProbedCell.look(cell, patience)) : result;
    }

    /** Runs a cell without a look from another process. */
    private CellResult runWithout(Cell cell, Set<Detector> detectors) throws InterruptedException {
        return cell.needsOwnJvm() ? OwnJvm.run(cell, detectors, patience) : runHere(cell, detectors);
    }

    /** Runs a cell in this JVM. */
    CellResult runHere(Cell cell, Set<Detector> detectors) throws InterruptedException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException(
                    "run the lab on a platform thread: a cell may keep every carrier of virtual threads");
        }
        Set<Thread> before = JvmThreads.platform();
        Surroundings around = Surroundings.before();
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        Threads threads = Threads.of(cell.kind());
        threads.onFailure(
                (launched, failure) -> complaints.add("thread \"" + launched.name() + "\" failed: " + failure));
        detectors.forEach(detector -> detector.attach(threads.launcher()));
        Caller caller = new Caller(cell, threads, complaints);
        Settling.Result settled;
        List<Said> said = new ArrayList<>();
        int expected = cell.expectedStuck(Runtime.version().feature());
        int during;
        try {
            caller.thread.start();
            caller.thread.join(patience.toMillis());
            if (caller.thread.isAlive()) {
                complaints.add("the caller itself does not return: it is at " + place(caller.thread));
            }
            settled = new Settling(threads.launcher(), cell, around).await(patience);
            during = liveThreads(threads.launcher());
            for (Detector detector : detectors) {
                said.add(detector.look(threads.launcher()));
            }
        } finally {
            if (!cell.endsWithItsJvm()) {
                release(threads, complaints);
                caller.thread.interrupt();
                caller.thread.join(patience.toMillis());
            }
        }
        complaints.addAll(settled.complaints());
        int afterwards = cell.endsWithItsJvm() ? before.size() : afterwards(before, threads.launcher(), complaints);
        return new CellResult(
                cell,
                expected,
                settled.stuck().size(),
                before.size(),
                during,
                afterwards,
                caller.wrongAnswer,
                settled.stack(),
                settled.stuck(),
                complaints.stream().map(Printable::of).toList(),
                said);
    }

    /** How many threads live once those of the cell have ended. Complains of those that have not. */
    private int afterwards(Set<Thread> before, Launcher threads, Queue<String> complaints) throws InterruptedException {
        List<Launched> left = threads.live();
        left.forEach(launched -> complaints.add("thread " + launched + " cannot be ended"));
        Set<Thread> after = settleJvm(before);
        left.forEach(launched -> after.remove(launched.thread())); // complained of, and counted, once
        if (!after.isEmpty()) {
            complaints.add("these threads survive the cell: "
                    + after.stream().map(Thread::getName).collect(Collectors.joining(", ")));
        }
        return before.size() + after.size() + left.size();
    }

    /**
     * Runs a cell in this JVM, and leaves its threads stuck.
     *
     * @param threads what the cell gets
     * @return what is not as expected, on one line; empty if all is
     */
    String settle(Cell cell, Threads threads) throws InterruptedException {
        Surroundings around = Surroundings.before();
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        threads.onFailure(
                (launched, failure) -> complaints.add("thread \"" + launched.name() + "\" failed: " + failure));
        Caller caller = new Caller(cell, threads, complaints);
        caller.thread.start();
        caller.thread.join(patience.toMillis());
        Settling.Result settled = new Settling(threads.launcher(), cell, around).await(patience);
        complaints.addAll(settled.complaints());
        int expected = cell.expectedStuck(Runtime.version().feature());
        if (settled.stuck().size() != expected) {
            complaints.add(settled.stuck().size() + " threads are stuck, not " + expected);
        }
        return complaints.stream().map(Printable::of).collect(Collectors.joining("; "));
    }

    private void release(Threads threads, Queue<String> complaints) throws InterruptedException {
        try {
            threads.release(patience);
        } catch (IllegalStateException e) { // a resource is not closed; the threads that are left are named below
            complaints.add(String.valueOf(e.getMessage()));
        }
    }

    /** Waits until all threads that were not there before have ended. Returns those that stay. */
    private Set<Thread> settleJvm(Set<Thread> before) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Set<Thread> more = more(before, JvmThreads::platform);
            if (more.isEmpty() || System.nanoTime() > deadline) {
                return more;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** None only if two looks in a row see none: one that ended during the first may have started another. */
    static Set<Thread> more(Set<Thread> before, Supplier<Set<Thread>> look) {
        Set<Thread> more = new HashSet<>(look.get());
        more.removeAll(before);
        if (more.isEmpty()) {
            more.addAll(look.get());
            more.removeAll(before);
        }
        return more;
    }

    private static int liveThreads(Launcher threads) {
        long virtual = threads.live().stream()
                .filter(launched -> launched.thread().isVirtual())
                .count();
        return JvmThreads.platform().size() + (int) virtual;
    }

    private static String place(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "its end" : stack[0].toString();
    }

    /** The thread that runs a cell's body. */
    private static final class Caller {

        final Thread thread;
        volatile @Nullable String wrongAnswer;

        Caller(Cell cell, Threads threads, Queue<String> complaints) {
            this.thread = Thread.ofPlatform()
                    .name("caller of " + cell.name())
                    .daemon()
                    .unstarted(() -> {
                        List<Throwable> failures = new ArrayList<>();
                        for (int i = 0; i < cell.count(); i++) {
                            try {
                                cell.variant().run(cell.scenario(), threads);
                            } catch (WrongAnswer wrong) {
                                wrongAnswer = wrong.getMessage();
                            } catch (Throwable failure) { // becomes part of the result
                                failures.add(failure);
                            }
                        }
                        failures.stream()
                                .map(failure -> "the caller failed: " + failure)
                                .distinct()
                                .forEach(complaints::add);
                    });
        }
    }
}
