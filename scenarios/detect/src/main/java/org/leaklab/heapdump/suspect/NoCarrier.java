package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.judge.DumpThread;

/**
 * Every carrier is mounted by a virtual thread that does not go on, while others wait for a carrier. A thread keeps its
 * carrier while it waits if it has a native frame, waits for a class to be initialized, or, before JDK 24, has entered
 * a monitor. Also the end of a sleep needs a carrier: the carriers' pool runs the timers of virtual threads.
 */
final class NoCarrier {

    static final String CARRIER = "jdk.internal.misc.CarrierThread";

    /** Virtual threads that could run and have no carrier. */
    private static final Set<String> QUEUED = Set.of("STARTED", "UNPARKED", "YIELDED", "UNBLOCKED", "RUNNABLE");

    private final Scene scene;
    private final Bytecode bytecode;

    /** By carrier, the virtual thread that is mounted on it. */
    private final Map<Integer, DumpThread> mounted = new HashMap<>();

    /** Those that could run, and have no carrier. */
    private final List<DumpThread> queued = new ArrayList<>();

    NoCarrier(Scene scene, Bytecode bytecode) {
        this.scene = scene;
        this.bytecode = bytecode;
    }

    List<Suspect> find() {
        List<DumpThread> carriers = scene.threads.all().stream()
                .filter(thread -> scene.is(scene.threads.object(thread), CARRIER))
                .toList();
        if (carriers.isEmpty()) {
            return List.of();
        }
        for (DumpThread thread : scene.threads.all()) {
            if (thread.isVirtual()) {
                add(thread);
            }
        }
        int pool = scene.follow(scene.threads.object(carriers.getFirst()), "pool");
        if (queued.isEmpty() || carriers.size() < scene.fields.number(pool, "parallelism", Integer.MAX_VALUE)) {
            return List.of();
        }
        Set<DumpThread> stuck = new HashSet<>();
        for (DumpThread carrier : carriers) {
            DumpThread on = mounted.get(scene.threads.object(carrier));
            if (on == null) {
                return List.of();
            }
            stuck.add(on);
        }
        return stuck.stream().allMatch(this::isStuck) ? suspects(stuck, carriers.size()) : List.of();
    }

    private void add(DumpThread thread) {
        String word = scene.threads.word(thread);
        if (word.equals("PARKED")) {
            return; // it has no carrier, and waits for none
        }
        int object = scene.threads.object(thread);
        int carrier = scene.fields.reference(object, "carrierThread");
        if (carrier >= 0) {
            mounted.put(carrier, thread);
        } else if (QUEUED.contains(word) || word.startsWith("TIMED_") && isOverdue(object)) {
            queued.add(thread);
        }
    }

    /** Whether the timer that ends the wait of a virtual thread is due, and has not been run. */
    private boolean isOverdue(int thread) {
        int timer = scene.fields.reference(thread, "timeoutTask");
        return scene.fields.number(timer, "heapIndex", 0) < 0 && scene.fields.number(timer, "status", -1) >= 0;
    }

    private List<Suspect> suspects(Set<DumpThread> stuck, int carriers) {
        String all = (carriers == 1 ? "The only carrier is" : "Each of the " + carriers + " carriers is")
                + " mounted by a virtual thread that waits.";
        String needed = queued.size() + (queued.size() == 1 ? " virtual thread needs" : " virtual threads need");
        String wrong = " This is wrong if one of them is about to go on: look again.";
        List<Suspect> found = new ArrayList<>();
        for (DumpThread thread : stuck) {
            if (scene.isOpen(thread)) {
                found.add(new Suspect(
                        thread,
                        Suspicion.NO_CARRIER,
                        "It keeps its carrier while it waits, and " + needed + " one. " + all + wrong));
            }
        }
        for (DumpThread thread : queued) {
            if (scene.isOpen(thread)) {
                found.add(new Suspect(thread, Suspicion.NO_CARRIER, "It could run and has no carrier. " + all + wrong));
            }
        }
        return found;
    }

    private boolean isStuck(DumpThread thread) {
        if (scene.leaked.contains(thread)) {
            return true;
        }
        if (!scene.of(thread).isSuspended()) {
            return initializes(thread);
        }
        DumpThread owner = scene.of(thread).owner();
        if (owner != null) { // a virtual one needs a carrier itself
            return owner.isVirtual() || scene.leaked.contains(owner);
        }
        return thread.stack().jdk().stream()
                .noneMatch(frame ->
                        frame.type().startsWith("sun.nio.") || frame.type().startsWith("java.net."));
    }

    /**
     * Whether it waits for a class that another virtual thread initializes, which waits itself. It looks like a running
     * thread, so its line of code must be one that needs a class to be initialized, and the initializer of that class
     * must stand on the other's stack.
     */
    private boolean initializes(DumpThread thread) {
        if (thread.state() != Thread.State.RUNNABLE || thread.stack().isEmpty()) {
            return false;
        }
        Set<String> needed = bytecode.initializes(thread.stack().get(0));
        return !needed.isEmpty()
                && scene.threads.all().stream()
                        .filter(other -> other != thread
                                && (scene.of(other).isSuspended()
                                        || queued.contains(other)
                                        || scene.leaked.contains(other)))
                        .flatMap(other -> other.stack().frames().stream())
                        .anyMatch(frame -> frame.method().equals("<clinit>") && needed.contains(frame.type()));
    }
}
