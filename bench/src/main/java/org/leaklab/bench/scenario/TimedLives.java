package org.leaklab.bench.scenario;

import java.util.Set;

/**
 * The scenarios whose lives wait for time: in one form or both, a limit of 20 ms runs out, a period passes, or the lab
 * pauses. The number of such lives a second is a constant of the lab and says nothing of a JVM, so they have no row.
 */
public final class TimedLives {

    private static final Set<String> NAMES = Set.of(
            "blocking-call-without-timeout",
            "blocking-call-without-timeout/jdk",
            "callback-never-fires",
            "callback-never-fires/jdk",
            "context-not-propagated/jdk",
            "deferred-task-without-context",
            "deferred-task-without-context/jdk",
            "http-client-per-request/jdk",
            "http-response-not-closed/jdk",
            "or-timeout-leaves-work/jdk",
            "pinned-carrier",
            "pinned-carrier/jdk",
            "retry-for-ever/jdk",
            "scheduled-task-silenced/jdk",
            "socket-read-without-timeout/jdk",
            "ticker-never-stopped",
            "timeout-abandons-task",
            "timeout-abandons-task/jdk",
            "timeout-holds-resource",
            "timeout-holds-resource/jdk",
            "worker-pool/jdk");

    private TimedLives() {}

    /** Their names, with {@code /jdk} behind those in that idiom. */
    public static Set<String> names() {
        return NAMES;
    }

    /**
     * Refuses to measure one of them.
     *
     * @throws IllegalStateException if it is one; the message says so in a sentence
     */
    static void refuse(String scenario) {
        if (NAMES.contains(scenario)) {
            throw new IllegalStateException("a life of " + scenario
                    + " waits for a limit, a period or a pause: how many fit into a second is a constant of the lab");
        }
    }
}
