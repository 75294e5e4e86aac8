package org.leaklab.agent.probe;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes parked virtual threads out of their sets and hangs a sentinel on each. Only threads that are parked without a
 * timeout, and have no carrier, are touched.
 *
 * <p>What a method here holds of a thread is gone when it returns.
 */
final class Arming {

    private static final int SIGN = 1 << 10;

    private final Round round;
    private final Counts counts;
    private final Life life;

    /** What launchers hold; empty when a method has returned. */
    private final Map<Thread, LauncherLists.Entry> launched = new IdentityHashMap<>();

    Arming(Round round, Counts counts, Life life) {
        this.round = round;
        this.counts = counts;
        this.life = life;
    }

    /** Arms the parked threads of all sets, and of launchers. */
    void all(List<LauncherLists> launchers) {
        try {
            for (LauncherLists each : launchers) {
                counts.add(Kind.LAUNCHER, Counts.What.SETS, each.addTo(launched));
            }
            Set<Object> containers = containers(); // before owners of scopes are taken out of their sets
            armSet(null);
            containers.forEach(this::armSet);
            armLaunched();
        } finally {
            launched.clear();
        }
    }

    /** Those that only their launchers hold. */
    private void armLaunched() {
        for (Map.Entry<Thread, LauncherLists.Entry> each : launched.entrySet()) {
            if (each.getValue().only()) {
                life.sign();
                counts.add(Kind.LAUNCHER, Counts.What.SEEN);
                arm(each.getKey(), null, null, null);
            }
        }
    }

    /** Arms threads that an earlier round has found; the list is empty afterwards. */
    void these(List<Candidate> candidates, List<LauncherLists> launchers) {
        try {
            launchers.forEach(each -> each.addTo(launched));
            Map<Object, Held> containers = new IdentityHashMap<>();
            while (!candidates.isEmpty()) {
                Candidate candidate = candidates.removeLast();
                LauncherLists.Entry entry = launched.get(candidate.thread());
                Object container = entry != null && entry.only() ? null : Jdk.container(candidate.thread());
                Held held = container == null ? null : containers.computeIfAbsent(container, this::guard);
                arm(candidate.thread(), container, held, candidate.find());
            }
        } finally {
            launched.clear();
        }
    }

    /** Arms one thread of the root, if it is parked. */
    boolean one(Thread thread) {
        return arm(thread, null, null, null);
    }

    /** All executors and scopes: those that are registered, and what threads have opened. */
    static Set<Object> containers() {
        Set<Object> containers = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        for (WeakReference<Object> reference : Jdk.registry()) {
            Object container = reference.get();
            if (container != null && containers.add(container)) {
                open.add(container);
            }
        }
        for (Thread thread : Jdk.allPlatformThreads()) {
            addScopes(thread, containers, open);
        }
        addScopesOf(null, containers, open);
        while (!open.isEmpty()) {
            addScopesOf(open.poll(), containers, open);
        }
        containers.removeIf(container -> Jdk.set(container) == null);
        return containers;
    }

    private static void addScopesOf(@Nullable Object container, Set<Object> containers, Deque<Object> open) {
        Set<Thread> set = Jdk.set(container);
        if (set != null) {
            set.forEach(thread -> addScopes(thread, containers, open));
        }
    }

    private static void addScopes(Thread thread, Set<Object> containers, Deque<Object> open) {
        for (Object scope = Jdk.scopes(thread); scope != null; scope = Jdk.previous(scope)) {
            if (Jdk.kind(scope) == Kind.SCOPE && containers.add(scope)) {
                open.add(scope);
            }
        }
    }

    private void armSet(@Nullable Object container) {
        Set<Thread> set = Jdk.set(container);
        Kind kind = Jdk.kind(container);
        if (set == null || kind == null) {
            return;
        }
        counts.add(kind, Counts.What.SETS);
        Held held = null;
        int looks = 0;
        for (Thread thread : set) {
            if (++looks % SIGN == 0) {
                life.sign();
            }
            if (!thread.isVirtual()) {
                continue;
            }
            counts.add(kind(thread, kind), Counts.What.SEEN);
            if (Jdk.isParked(thread)) {
                held = held == null && container != null ? guard(container) : held;
                arm(thread, container, held, null);
            }
        }
    }

    /** A pool keeps its workers itself, and looks into no set. */
    private Held guard(Object container) {
        Kind kind = Jdk.kind(container);
        Guard guard = kind == Kind.EXECUTOR || kind == Kind.SCOPE ? new Guard(container, round) : null;
        Held held = new Held(container, guard);
        round.add(held);
        if (guard != null) {
            guard.enter();
        }
        return held;
    }

    /** Kind of a thread in a set of the JDK. */
    private Kind kind(Thread thread, Kind ofSet) {
        return ofSet == Kind.ROOT && launched.containsKey(thread) ? Kind.LAUNCHER : ofSet;
    }

    private boolean arm(Thread thread, @Nullable Object container, @Nullable Held held, @Nullable Find find) {
        LauncherLists.Entry entry = launched.get(thread);
        boolean only = entry != null && entry.only();
        Set<Thread> set = only ? null : Jdk.set(container);
        Kind ofSet = Jdk.kind(container);
        Thread.UncaughtExceptionHandler before = Jdk.handler(thread);
        if (set == null && !only || ofSet == null || before instanceof HandlerSentinel || !Jdk.isParked(thread)) {
            return false;
        }
        if (ofSet == Kind.EXECUTOR && Jdk.wrapsTasks(container) && !Return.isInItsTask(thread)) {
            return false; // the program's factory parks before the task; whether that is over could not be told later
        }
        Kind kind = kind(thread, ofSet);
        Place place = entry == null ? null : new Place(entry);
        Armed armed = new Armed(thread, kind, round, held, place, find);
        HandlerSentinel sentinel = new HandlerSentinel(armed, thread, before, entry);
        if (!round.add(armed)) {
            return false;
        }
        armed.arm(); // first: if the probe dies here, others look at this thread as well
        life.sign();
        if (!Jdk.exchange(thread, before, sentinel)) {
            sentinel.letGo();
            armed.back();
            round.dropLast();
            return false;
        }
        life.sign();
        boolean there = place == null || entry == null || place.letGo(entry);
        if (!there || set != null && !set.remove(thread)) { // it has ended, or a detector has let go of it
            Jdk.exchange(thread, sentinel, before);
            if (place != null && there) {
                place.takeBack(entry);
            }
            if (armed.claim()) {
                sentinel.letGo();
                armed.back();
            }
            return false;
        }
        life.sign();
        counts.add(kind, Counts.What.ARMED);
        return true;
    }
}
