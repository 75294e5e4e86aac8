package org.leaklab.detect;

import java.io.IOException;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Mutex;

/** Who waits without limit for what, and who holds it: one look at the threads of a source. */
final class LockWaits {

    /** The first JDK whose dumps are safe while threads mount and unmount, and show monitors of virtual threads. */
    private static final int SAFE_DUMP = 26;

    /**
     * A thread and what it waits for. Two looks see the same wait only if the lock and its owner are the same, and a
     * platform thread has begun no other wait in between. So a platform thread with equal waits has waited all the time
     * from one look to the other. A virtual one may have gone on and waits again.
     *
     * @param begun how many waits the thread had begun before this look; 0 for a virtual one, for which no one counts
     * @param waitsFor says what kind of lock it is
     * @param lock identity hash code of the lock, so that this does not hold it
     * @param ended whether the owner has ended and still is the owner; a monitor has no such owner
     */
    record Wait(Thread thread, long begun, String waitsFor, int lock, Thread owner, boolean ended) {

        /** The thread that holds it, or null if this thread has ended. */
        @Nullable
        Thread holder() {
            return ended ? null : owner;
        }
    }

    private final Map<Long, ThreadSource.Watched> byId = new LinkedHashMap<>();
    private final Map<Long, Thread> waiting = new LinkedHashMap<>();
    private final Map<Thread, Wait> waits = new LinkedHashMap<>();

    /** How many waits each platform thread has begun; read before what it waits for, and before who holds that. */
    private final Map<Thread, Long> begun = new HashMap<>();

    /** Threads that wait for a monitor, or a lock, whose owner no source has told yet. */
    private final Set<Thread> monitors = new HashSet<>();

    private final Set<Thread> locks = new HashSet<>();

    /** Threads that wait for what a virtual thread holds, where this JVM does not show that one to the source. */
    private final Set<Thread> beyond = new HashSet<>();

    private final List<String> unseen = new ArrayList<>();
    private final ProbeWatch watch = ProbeWatch.begin();

    /** Whether there may be virtual threads that the source should have, and has not. */
    private final boolean blind;

    private LockWaits(ThreadSource source) {
        this.blind = source instanceof ThreadSource.OfJvm && !JvmThreads.seesVirtual();
    }

    /** Looks at the threads of a source, one after the other. */
    static LockWaits of(ThreadSource source) {
        LockWaits waits = new LockWaits(source);
        for (ThreadSource.Watched watched : source.threads()) {
            Thread thread = watched.thread();
            waits.byId.put(thread.threadId(), watched);
            if (waitsWithoutLimit(watched)) {
                waits.waiting.put(thread.threadId(), thread);
            }
        }
        waits.countWaits();
        waits.waiting.values().forEach(waits::take);
        waits.askTheVm();
        if (Runtime.version().feature() >= SAFE_DUMP && !(waits.monitors.isEmpty() && waits.locks.isEmpty())) {
            waits.dump();
        }
        waits.count();
        return waits;
    }

    /** The waits whose owner can be seen, by the thread that waits; the caller may change it. */
    Map<Thread, Wait> byThread() {
        return waits;
    }

    /** What a thread that waits does now, with what its launcher knows of it. */
    ThreadSnapshot look(Wait wait) {
        return Objects.requireNonNull(byId.get(wait.thread().threadId())).look();
    }

    /**
     * Sentences about the waits whose owner cannot be seen, and about a probe that was under way at any time since this
     * look began. To be asked last, after the looks that follow this one.
     */
    List<String> unseen() {
        List<String> all = new ArrayList<>(unseen);
        if (watch.sawProbe()) {
            all.add(ProbeWatch.SENTENCE);
        }
        return all;
    }

    /** A deadline that interrupts a thread ends its wait too, but for one at the entrance of a monitor. */
    private static boolean waitsWithoutLimit(ThreadSource.Watched watched) {
        boolean limited = watched.launched() != null && watched.launched().isLimited();
        Thread.State state = watched.thread().getState();
        return state == Thread.State.BLOCKED || (state == Thread.State.WAITING && !limited);
    }

    private void countWaits() {
        for (ThreadInfo info : ofTheVm()) {
            if (info != null) {
                begun.put(
                        Objects.requireNonNull(waiting.get(info.getThreadId())),
                        info.getWaitedCount() + info.getBlockedCount());
            }
        }
    }

    private long begun(Thread thread) {
        return begun.getOrDefault(thread, 0L);
    }

    /** What the VM tells of the platform threads that wait, without their stacks; null for one that has ended. */
    private @Nullable ThreadInfo[] ofTheVm() {
        long[] ids = waiting.values().stream()
                .filter(thread -> !thread.isVirtual())
                .mapToLong(Thread::threadId)
                .toArray();
        return ids.length == 0
                ? new ThreadInfo[0]
                : ManagementFactory.getThreadMXBean().getThreadInfo(ids);
    }

    /** What the thread and its blocker tell by themselves. */
    private void take(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        if (blocker instanceof Mutex mutex) {
            Thread owner = mutex.owner();
            if (owner != thread || mutex.isLockedTwiceBy(thread)) { // else it was handed the mutex a moment ago
                addOfLock(thread, "a mutex", mutex, owner);
            }
        } else if (blocker != null && LockOwners.mayHaveOne(blocker)) {
            if (LockOwners.areSeen()) {
                addOfLock(thread, blocker.getClass().getName(), blocker, LockOwners.of(blocker));
            } else {
                locks.add(thread);
            }
        } else if (thread.getState() == Thread.State.BLOCKED) {
            monitors.add(thread);
        }
    }

    /** The owner was read from the lock itself: if it has ended, it has not unlocked the lock. */
    private void addOfLock(Thread thread, String waitsFor, Object lock, @Nullable Thread owner) {
        if (owner != null) {
            int identity = System.identityHashCode(lock);
            waits.putIfAbsent(thread, new Wait(thread, begun(thread), waitsFor, identity, owner, !owner.isAlive()));
            if (blind && owner.isVirtual() && owner.isAlive() && seen(owner.threadId()) == null) {
                beyond.add(thread);
            }
        }
    }

    /** The owner was alive when the VM named it: if it has ended since, it holds nothing, and this is no wait. */
    private void addOfVm(Thread thread, String waitsFor, int lock, Thread owner) {
        if (owner.isAlive()) {
            waits.putIfAbsent(thread, new Wait(thread, begun(thread), waitsFor, lock, owner, false));
        }
    }

    /** What the VM tells of platform threads. It names owners that are platform threads. */
    private void askTheVm() {
        for (ThreadInfo info : ofTheVm()) {
            if (info == null) {
                continue;
            }
            Thread thread = waiting.get(info.getThreadId());
            LockInfo lock = info.getLockInfo();
            if (lock == null || info.getLockOwnerId() < 0) { // nobody owns it alone, or it waits no more
                locks.remove(thread);
                continue;
            }
            Thread owner = seen(info.getLockOwnerId());
            if (owner != null) {
                addOfVm(thread, lock.getClassName(), lock.getIdentityHashCode(), owner);
            }
            if (owner != null || isPlatform(info.getLockOwnerId())) {
                locks.remove(thread);
            }
            if (owner != null || !JdkThreads.isCarrier(info.getLockOwnerId())) { // it holds it for a virtual thread
                monitors.remove(thread);
            }
        }
    }

    /** The thread of the source with this identifier, or null. */
    private @Nullable Thread seen(long threadId) {
        ThreadSource.Watched watched = byId.get(threadId);
        return watched == null ? null : watched.thread();
    }

    /** Whether an identifier is that of a live platform thread; it may be one that the source does not have. */
    private static boolean isPlatform(long threadId) {
        return ManagementFactory.getThreadMXBean().getThreadInfo(threadId) != null;
    }

    /** What a thread dump tells of all the others. */
    private void dump() {
        ThreadDump dump;
        try {
            dump = ThreadDump.take();
        } catch (IOException e) {
            unseen.add("cannot see some owners: no thread dump could be written and read: " + e.getMessage());
            return;
        }
        boolean hides = hides(dump);
        for (Map.Entry<Long, Thread> entry : waiting.entrySet()) {
            Thread thread = entry.getValue();
            ThreadDump.Dumped dumped = dump.threads().get(entry.getKey());
            if (dumped == null) {
                continue;
            }
            Long id = dump.ownerOf(dumped);
            if (id != null || dumped.waitsFor() == null || !hides) { // else one that is not shown may hold it
                monitors.remove(thread);
            }
            Thread owner = id == null ? null : seen(id);
            if (owner != null) {
                addOfVm(thread, dumped.waitsForType(), dumped.waitsForIdentity(), owner);
            } else if (blind && id != null && dump.threads().containsKey(id) && !isPlatform(id)) {
                beyond.add(thread);
            }
            if (id == null || owner != null || dump.threads().containsKey(id)) { // else it has ended, or is not shown
                locks.remove(thread);
            }
        }
    }

    /** Whether a dump does not show virtual threads that lived while it was taken. */
    private boolean hides(ThreadDump dump) {
        for (Map.Entry<Long, ThreadSource.Watched> each : byId.entrySet()) {
            Thread thread = each.getValue().thread();
            if (thread.isVirtual() && !dump.threads().containsKey(each.getKey()) && thread.isAlive()) {
                return true;
            }
        }
        return false;
    }

    private void count() {
        if (!beyond.isEmpty()) {
            unseen.add("cannot see the virtual threads that hold what " + threads(beyond) + " for: "
                    + JvmThreads.remedy());
        }
        if (!monitors.isEmpty()) {
            int jdk = Runtime.version().feature();
            unseen.add("cannot see who holds the monitors that " + threads(monitors) + " for: "
                    + (jdk >= SAFE_DUMP
                            ? "threads of a launcher with a reachability detector are not in thread dumps"
                            : "JDK " + jdk + " does not show it for virtual threads, JDK " + SAFE_DUMP
                                    + " and later do")
                    + "; leaklab's command detect " + ProcessHandle.current().pid() + " can tell, from outside");
        }
        if (!locks.isEmpty()) {
            unseen.add("cannot see who holds the locks of java.util.concurrent that " + threads(locks)
                    + " for: run the JVM with " + LockOwners.option());
        }
    }

    private static String threads(Set<Thread> threads) {
        return threads.size() + (threads.size() == 1 ? " thread waits" : " threads wait");
    }
}
