package org.leaklab.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Says whether a piece of code left threads behind: goleak's job, for both kinds of Java thread.
 *
 * <pre>{@code
 * LeakCheck check = LeakCheck.of(ThreadSource.jvm()).ignoreCurrent();
 * service.handle(request);
 * check.verifyNone();
 * }</pre>
 *
 * <p>Threads that are about to end get time for that: the check looks again, with growing pauses, before it complains.
 * A thread that has terminated is never reported, nor is the one that checks. Not safe for use by several threads.
 */
public final class LeakCheck {

    private static final int ATTEMPTS = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final ThreadSource source;
    private final List<Predicate<ThreadSnapshot>> ignored = new ArrayList<>();
    private final Set<Long> before = new HashSet<>();
    private Predicate<ThreadSource.Watched> of = watched -> true;
    private int attempts = ATTEMPTS;
    private Duration longestPause = LONGEST_PAUSE;

    private LeakCheck(ThreadSource source) {
        this.source = source;
    }

    /** A check of these threads, which ignores none. */
    public static LeakCheck of(ThreadSource source) {
        return new LeakCheck(source);
    }

    /** Ignores the threads that live now. */
    public LeakCheck ignoreCurrent() {
        for (ThreadSource.Watched watched : source.threads()) {
            before.add(watched.thread().threadId());
        }
        return this;
    }

    /** Ignores threads whose name begins so. */
    public LeakCheck ignoreName(String prefix) {
        return ignore(thread -> thread.name().startsWith(prefix));
    }

    /** Ignores threads whose innermost frame is this method, as {@code org.example.Type.method}. */
    public LeakCheck ignoreTop(String method) {
        return ignore(thread -> !thread.stack().isEmpty()
                && ProfileText.function(thread.stack().getFirst()).equals(method));
    }

    /** Ignores threads with this method anywhere on their stack, as {@code org.example.Type.method}. */
    public LeakCheck ignoreAny(String method) {
        return ignore(
                thread -> thread.stack().stream().map(ProfileText::function).anyMatch(method::equals));
    }

    /** Ignores threads that were started by a thread whose name begins so. Known of launchers' threads only. */
    public LeakCheck ignoreCreator(String prefix) {
        return ignore(thread -> !thread.creator().isEmpty() && thread.creator().startsWith(prefix));
    }

    /** Ignores what a predicate says. */
    public LeakCheck ignore(Predicate<ThreadSnapshot> which) {
        ignored.add(which);
        return this;
    }

    /** Looks at some threads only. */
    public LeakCheck only(Predicate<ThreadSource.Watched> which) {
        of = of.and(which);
        return this;
    }

    /**
     * How patient it is: at most so many looks, with pauses that double from a microsecond to the longest. By default
     * 20 looks and 100 ms, some 0.4 s in all.
     */
    public LeakCheck retry(int looks, Duration longest) {
        if (looks < 1) {
            throw new IllegalArgumentException("a check looks at least once, not " + looks + " times");
        }
        attempts = looks;
        longestPause = longest;
        return this;
    }

    /**
     * The threads that were left behind; empty when there are none.
     *
     * @throws InterruptedException if interrupted between two looks
     */
    public ThreadReport find() throws InterruptedException {
        List<ThreadSnapshot> left = left();
        long pause = 1_000;
        for (int i = 1; i < attempts && !left.isEmpty(); i++) {
            TimeUnit.NANOSECONDS.sleep(Math.min(pause, longestPause.toNanos()));
            pause *= 2;
            left = left();
        }
        return ThreadReport.of("verify", source.scope(), left, List.of());
    }

    /**
     * Throws if threads were left behind.
     *
     * @throws LeakedThreadsError with every group of them and its stack
     * @throws InterruptedException if interrupted between two looks
     */
    public void verifyNone() throws InterruptedException {
        ThreadReport report = find();
        if (report.count() > 0) {
            throw new LeakedThreadsError(report);
        }
    }

    private List<ThreadSnapshot> left() {
        List<ThreadSnapshot> left = new ArrayList<>();
        Collection<ThreadSource.Watched> threads = source.threads();
        for (ThreadSource.Watched watched : threads) {
            Thread thread = watched.thread();
            if (thread == Thread.currentThread() || before.contains(thread.threadId()) || !of.test(watched)) {
                continue;
            }
            ThreadSnapshot look = watched.look();
            if (thread.isAlive() && ignored.stream().noneMatch(which -> which.test(look))) {
                left.add(look);
            }
        }
        return left;
    }
}
