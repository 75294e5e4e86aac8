package org.leaklab.heapdump.locks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.locks.SeenWait.Owned;

/**
 * Finds the threads that wait for each other, and everybody who waits for one of them: assume that all who wait for an
 * owner are stuck, drop those whose owner goes on, and repeat.
 */
public final class Standstill {

    private final Map<Long, SeenThread> stuck = new LinkedHashMap<>();
    private final Map<Long, List<Long>> behind = new HashMap<>();

    private Standstill() {}

    /** Finds them in time linear in the number of threads. */
    public static Standstill of(SeenThreads threads) {
        Standstill found = new Standstill();
        Deque<Long> going = new ArrayDeque<>();
        for (SeenThread thread : threads.threads()) {
            if (thread.doing() instanceof Owned owned) {
                found.stuck.put(thread.id(), thread);
                found.behind
                        .computeIfAbsent(owned.owner(), ignored -> new ArrayList<>())
                        .add(thread.id());
            }
        }
        found.behind.keySet().stream()
                .filter(owner -> !found.stuck.containsKey(owner))
                .forEach(going::add);
        while (!going.isEmpty()) {
            for (long waiter : found.behind.getOrDefault(going.remove(), List.of())) {
                if (found.stuck.remove(waiter) != null) {
                    going.add(waiter);
                }
            }
        }
        return found;
    }

    /** Returns those that can never go on, in the order of the dump. */
    public List<SeenThread> stuck() {
        return List.copyOf(stuck.values());
    }

    /** Returns the owner of what a stuck thread waits for: it is stuck too. */
    public @Nullable SeenThread owner(SeenThread thread) {
        return thread.doing() instanceof Owned owned ? stuck.get(owned.owner()) : null;
    }

    /** Returns whether a thread is one of those that can never go on. */
    public boolean isStuck(SeenThread thread) {
        return stuck.containsKey(thread.id());
    }

    /** Returns those that would go on after an interrupt, of themselves or of one that they wait for. */
    public Set<Long> freedByInterrupts() {
        Set<Long> freed = new HashSet<>();
        Deque<Long> next = new ArrayDeque<>();
        stuck.values().stream()
                .filter(thread -> thread.doing() instanceof Owned owned && owned.interruptible())
                .forEach(thread -> next.add(thread.id()));
        while (!next.isEmpty()) {
            long thread = next.remove();
            if (stuck.containsKey(thread) && freed.add(thread)) {
                next.addAll(behind.getOrDefault(thread, List.of()));
            }
        }
        return freed;
    }

    /** Returns each circle once, in the order of its first thread. */
    public List<List<SeenThread>> circles() {
        Set<SeenThread> walked = new HashSet<>();
        List<List<SeenThread>> circles = new ArrayList<>();
        for (SeenThread first : stuck.values()) {
            Map<SeenThread, Integer> places = new LinkedHashMap<>();
            SeenThread at = first;
            while (at != null && walked.add(at)) {
                places.put(at, places.size());
                at = owner(at);
            }
            Integer begin = at == null ? null : places.get(at);
            if (begin != null) {
                circles.add(places.keySet().stream().skip(begin).toList());
            }
        }
        return List.copyOf(circles);
    }
}
