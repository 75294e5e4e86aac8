package org.leaklab.agent.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The virtual threads that wait without a timeout, and that a collection says nothing about, with the reason. Some of
 * them with their stacks. All others are counted by their state.
 */
final class Unjudged {

    private static final int MOST_STACKS = 1000;

    /** One of them. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Unknown(long id, String name, String why, StackTraceElement[] stack) {}

    private final List<Long> own;
    private final List<Unknown> unknown = new ArrayList<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, Integer> states = new TreeMap<>();

    private Unjudged(List<Long> own) {
        this.own = own;
    }

    /**
     * Looks at all virtual threads of the program, as they are now.
     *
     * @param own identifiers of threads of the probe, which may not have ended yet
     */
    static Unjudged now(List<LauncherLists> launchers, Life life, List<Long> own) {
        Unjudged unjudged = new Unjudged(own);
        unjudged.look(null, life);
        Arming.containers().forEach(container -> unjudged.look(container, life));
        LauncherLists.entries(launchers).forEach((thread, entry) -> {
            if (entry.only()) {
                life.sign();
                unjudged.look(thread);
            }
        });
        return unjudged;
    }

    /** Those with stacks. */
    List<Unknown> unknown() {
        return unknown;
    }

    /** How many threads for each reason. */
    Map<String, Integer> reasons() {
        return reasons;
    }

    /** How many virtual threads in each state. */
    Map<String, Integer> states() {
        return states;
    }

    private void look(@Nullable Object container, Life life) {
        Set<Thread> set = Jdk.set(container);
        if (set == null) {
            return;
        }
        for (Thread thread : set) {
            life.sign();
            if (!thread.isVirtual() || own.contains(thread.threadId())) {
                continue;
            }
            look(thread);
        }
    }

    private void look(Thread thread) {
        String state = Jdk.state(thread);
        states.merge(state, 1, Integer::sum);
        String why = why(state, thread);
        if (why != null) {
            reasons.merge(why, 1, Integer::sum);
            if (unknown.size() < MOST_STACKS) {
                unknown.add(new Unknown(thread.threadId(), thread.getName(), why, thread.getStackTrace()));
            }
        }
    }

    private static @Nullable String why(String state, Thread thread) {
        return switch (state) {
            case "PARKED", "TIMED_PARKED", "TIMED_PINNED", "TIMED_WAIT", "TIMED_WAITING", "TIMED_PARKING" -> null;
            case "PINNED" -> "it is pinned, and its carrier holds it";
            case "WAIT", "WAITING" -> "it is in Object.wait, and the JVM holds it";
            case "BLOCKED", "BLOCKING" -> "it waits for a monitor, and the JVM holds it";
            case "SUSPENDED" -> "somebody looks at its stack, or a debugger holds it";
            default ->
                switch (thread.getState()) { // mounted on a carrier that waits
                    case WAITING -> "it waits on its carrier, which holds it";
                    case BLOCKED -> "it waits for a monitor on its carrier, which holds it";
                    default -> null;
                };
        };
    }
}
