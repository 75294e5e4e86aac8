package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.judge.DumpThread;

/**
 * Parked as the first in the queue of a lock that nobody owns, and nobody is about to wake it. A thread that gives a
 * lock up first says so in the lock, then in the queue, and then wakes the first there: whoever is between these steps
 * runs, in code of the lock.
 */
final class LockFree {

    private static final List<String> LOCKS = List.of(
            "java.util.concurrent.locks.ReentrantLock$Sync", "java.util.concurrent.locks.ReentrantReadWriteLock$Sync");
    private static final String PACKAGE = "java.util.concurrent.locks.";
    private static final Set<String> WAKING = Set.of(
            "release", "releaseShared", "fullyRelease", "enableWait", "unlock", "signalNext", "unpark", "tryRelease");
    private static final int WAITING = 1;

    private final Scene scene;
    private final Map<DumpClass, Boolean> isLock = new HashMap<>();

    LockFree(Scene scene) {
        this.scene = scene;
    }

    List<Suspect> find() {
        List<Suspect> found = new ArrayList<>();
        for (DumpThread thread : scene.open()) {
            if (scene.of(thread).isSuspended() && isParkedOnFreeLock(thread)) {
                found.add(new Suspect(
                        thread,
                        Suspicion.LOCK_FREE,
                        "It is parked as the first in the queue of a lock, and no thread owns this lock or is about to"
                                + " wake it. This is wrong if it is about to run: look again."));
            }
        }
        return found.isEmpty() || nobodyWakes() ? found : List.of();
    }

    private boolean isParkedOnFreeLock(DumpThread thread) {
        int object = scene.threads.object(thread);
        int lock = scene.fields.reference(object, "parkBlocker");
        DumpClass type = lock < 0 || scene.heap.isClass(lock) ? null : scene.heap.classOf(lock);
        if (type == null
                || !isLock.computeIfAbsent(type, LockFree::isLock)
                || scene.fields.isSet(lock, "exclusiveOwnerThread")
                || scene.fields.number(lock, "state", 1) != 0) {
            return false;
        }
        int first = scene.follow(lock, "head", "next");
        if (scene.fields.reference(first, "waiter") != object) {
            return false;
        }
        boolean waits = (scene.fields.number(first, "status", 0) & WAITING) != 0;
        // a platform thread that was woken keeps its state until it runs; a virtual one does not
        return waits || thread.isVirtual() && scene.threads.word(thread).equals("PARKED");
    }

    private static boolean isLock(DumpClass type) {
        return LOCKS.stream().anyMatch(type::is);
    }

    /** Whether no thread runs in code that could be about to wake another one. */
    private boolean nobodyWakes() {
        return scene.threads.all().stream()
                .filter(thread -> thread.state() == Thread.State.RUNNABLE)
                .flatMap(thread -> thread.stack().jdk().stream())
                .noneMatch(frame -> WAKING.contains(frame.method())
                        && (frame.type().startsWith(PACKAGE) || frame.type().startsWith("java.lang.")));
    }
}
