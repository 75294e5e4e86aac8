package org.leaklab.heapdump.locks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.evidence.PrintedFrame;
import org.leaklab.heapdump.evidence.PrintedMonitor;
import org.leaklab.heapdump.evidence.PrintedThread;
import org.leaklab.heapdump.evidence.ThreadPrint;

/**
 * Reads a thread print: platform threads, and the virtual ones that are mounted. The JVM stands still while it writes
 * one, so all threads are seen at one moment. Owners are found by address.
 */
public final class PrintReader {

    private static final String SYNCHRONIZERS = "   Locked ownable synchronizers:";
    private static final String MONITOR_UNSEEN =
            "the print does not show who has the monitor: a thread print lists no virtual threads that are not mounted";
    private static final String LOCK_UNSEEN =
            "the print does not show who has the lock: it may be a virtual thread, or a thread that has ended";
    private static final String NO_LOCKS = "the print does not show who has the lock: take it with -l";
    private static final String INITIALIZER_UNSEEN = "the print does not show who initializes the class";

    private static final String LIMITS =
            "A thread print shows no virtual thread that is not mounted, and not what threads can reach."
                    + " There may be more: take a heap dump.";

    /** Stands for several owners of one thing: then a name or a print lies. */
    private static final long SEVERAL = -1;

    private final ThreadPrint print;
    private final boolean hasLocks;
    private final List<Half> halves = new ArrayList<>();
    private final Map<Long, Long> monitors = new HashMap<>(); // address to owner
    private final Map<Long, Long> locks = new HashMap<>(); // address to owner; other synchronizers are among them
    private final Map<String, Set<Long>> initializers = new HashMap<>();

    private PrintReader(ThreadPrint print, boolean hasLocks) {
        this.print = print;
        this.hasLocks = hasLocks;
    }

    /** A platform thread, or what it carries. */
    private record Half(
            PrintedThread of,
            boolean carried,
            List<StackTraceElement> stack,
            @Nullable PrintedMonitor waitsFor) {

        long id() {
            return carried ? of.carried() : of.id();
        }
    }

    /**
     * Reads the threads.
     *
     * @param text the text of the print, which tells whether it was taken with locks
     */
    public static SeenThreads read(ThreadPrint print, String text) {
        boolean hasLocks = text.contains("\n" + SYNCHRONIZERS);
        PrintReader reader = new PrintReader(print, hasLocks);
        reader.findOwners();
        print.said().monitors().forEach(reader.monitors::putIfAbsent);
        print.said().locks().forEach(reader.locks::putIfAbsent);
        return reader.read();
    }

    private void findOwners() {
        for (PrintedThread thread : print.threads()) {
            halves.add(new Half(thread, false, stack(thread.frames()), thread.waitsFor()));
            own(monitors, thread.owned(), thread.id());
            thread.synchronizers().forEach(lock -> own(locks, Set.of(lock.address()), thread.id()));
            if (thread.carried() != 0) {
                halves.add(new Half(thread, true, stack(thread.carriedFrames()), thread.carriedWaitsFor()));
                own(monitors, thread.carriedOwned(), thread.carried());
            }
        }
    }

    private SeenThreads read() {
        for (Half half : halves) {
            for (String type : Frames.initialized(half.stack())) {
                initializers.computeIfAbsent(type, ignored -> new HashSet<>(2)).add(half.id());
            }
        }
        List<String> notes = new ArrayList<>(print.unread());
        notes.add(LIMITS);
        return new SeenThreads(halves.stream().map(this::seen).toList(), true, List.copyOf(notes));
    }

    private static void own(Map<Long, Long> owners, Set<Long> addresses, long owner) {
        addresses.forEach(address -> owners.merge(address, owner, (one, other) -> SEVERAL));
    }

    private SeenThread seen(Half half) {
        SeenWait wait = wait(half);
        PrintedThread thread = half.of();
        Thread.State state = half.carried() || thread.state() == null ? stateOf(half, wait) : thread.state();
        return new SeenThread(
                half.id(),
                half.carried() || thread.name() == null ? "" : thread.name(),
                half.carried(),
                state,
                half.carried() ? thread.id() : 0,
                wait,
                half.stack());
    }

    private static Thread.State stateOf(Half half, SeenWait wait) {
        PrintedMonitor monitor = half.waitsFor();
        if (wait instanceof SeenWait.GoesOn) {
            return monitor != null && half.carried() ? Thread.State.TIMED_WAITING : Thread.State.RUNNABLE;
        }
        return monitor != null && monitor.kind() == PrintedMonitor.Kind.WAITING_TO_LOCK
                ? Thread.State.BLOCKED
                : Thread.State.WAITING;
    }

    private SeenWait wait(Half half) {
        PrintedMonitor monitor = half.waitsFor();
        if (!half.carried() && half.of().carried() != 0) {
            return new SeenWait.GoesOn(); // a carrier does what its virtual thread does
        }
        if (!half.carried()
                && half.of().state() != Thread.State.WAITING
                && half.of().state() != Thread.State.BLOCKED
                && (monitor == null || monitor.kind() != PrintedMonitor.Kind.CLASS_INITIALIZATION)) {
            return new SeenWait.GoesOn();
        }
        if (monitor == null) {
            return half.carried() && !Frames.parked(half.stack())
                    ? new SeenWait.GoesOn()
                    : new SeenWait.Unowned(
                            null); // of a mounted virtual thread the print does not say what it is parked on
        }
        return switch (monitor.kind()) {
            case WAITING_TO_LOCK, WAITING_TO_RELOCK -> owned(monitor, monitors, false, MONITOR_UNSEEN);
            case CLASS_INITIALIZATION -> initialization(half, String.valueOf(monitor.type()));
            case PARKING ->
                half.carried() && Frames.timed(half.stack())
                        ? new SeenWait.GoesOn()
                        : isLock(monitor.type())
                                ? owned(
                                        monitor,
                                        locks,
                                        Frames.interruptible(half.stack()),
                                        hasLocks ? LOCK_UNSEEN : NO_LOCKS)
                                : new SeenWait.Unowned(monitor.type());
            case WAITING_ON ->
                half.carried() && Frames.timed(half.stack())
                        ? new SeenWait.GoesOn()
                        : new SeenWait.Unowned(monitor.type());
            case LOCKED, ELIMINATED -> new SeenWait.GoesOn(); // never what a thread waits for
        };
    }

    private static SeenWait owned(
            PrintedMonitor monitor, Map<Long, Long> owners, boolean interruptible, String unseen) {
        String wants = monitor.type() == null ? "a monitor" : monitor.type();
        Long owner = monitor.address() == 0 ? null : owners.get(monitor.address());
        return owner == null || owner == SEVERAL
                ? new SeenWait.OwnerUnseen(wants, unseen, false)
                : new SeenWait.Owned(wants, owner, interruptible, false);
    }

    private SeenWait initialization(Half waiter, String type) {
        List<Long> running = initializers.getOrDefault(type, Set.of()).stream()
                .filter(id -> id != waiter.id())
                .toList();
        String wants = "the initialization of " + type;
        return running.size() == 1
                ? new SeenWait.Owned(wants, running.getFirst(), false, true)
                : new SeenWait.OwnerUnseen(wants, INITIALIZER_UNSEEN, true);
    }

    /**
     * Whether only the owner gives a thing up. Of other synchronizers with an owner any thread may do so, and what is
     * parked on may be a mere label, whose monitor somebody happens to have.
     */
    private static boolean isLock(@Nullable String type) {
        return type != null && type.matches("java\\.util\\.concurrent\\.locks\\.Reentrant(ReadWrite)?Lock\\$.*");
    }

    private static List<StackTraceElement> stack(List<PrintedFrame> frames) {
        return frames.stream().map(PrintedFrame::at).toList();
    }
}
