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
 * Checks whether a piece of code left threads behind. It does for both kinds of Java thread what goleak does for
 * goroutines.
 *
 * <pre>{@code
 * LeakCheck check = LeakCheck.of(ThreadSource.jvm()).ignoreCurrent();
 * service.handle(request);
 * check.verifyNone();
 * }</pre>
 *
 * <p>The check reports each thread that still lives, whether it is stuck or busy. It gives threads time to end: it
 * looks again, with growing pauses, before it reports them. It never reports a thread that has terminated, nor the
 * thread that runs the check. It passes only if two looks in a row see no thread: one that ended during the first look
 * may have started another.
 *
 * <p>While a {@linkplain ProbeWatch probe} is under way, virtual threads may be missing. A check that would pass waits
 * for the end of the probe and looks again. If that takes longer than 10 seconds, the check fails with an
 * {@link IllegalStateException}.
 *
 * <p>A check of {@link ThreadSource#jvm()} never passes because it could not see: where the JVM does not show the
 * virtual threads that no launcher started, the check fails with an {@link IllegalStateException}. Its message has the
 * lines to put into the build. {@link #onlyLaunchers()} makes a check that does not need them.
 *
 * <p>The methods that configure a check change it and return it. Not safe for use by several threads.
 */
public final class LeakCheck {

    private static final int ATTEMPTS = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final ThreadSource source;
    private final List<Predicate<ThreadSnapshot>> ignored = new ArrayList<>();
    private final Set<Long> before = new HashSet<>();
    private Predicate<ThreadSource.Watched> of = watched -> true;
    private boolean onlyLaunchers;
    private int attempts = ATTEMPTS;
    private Duration longestPause = LONGEST_PAUSE;

    private LeakCheck(ThreadSource source) {
        this.source = source;
    }

    /** Creates a check of the threads of a source. It ignores none of them. */
    public static LeakCheck of(ThreadSource source) {
        return new LeakCheck(source);
    }

    /**
     * Ignores the threads of the source that live now. If a probe is under way, waits for its end: it hides some.
     *
     * @throws IllegalStateException if probes hide threads for 10 seconds
     */
    public LeakCheck ignoreCurrent() {
        for (ThreadSource.Watched watched : ProbeWatch.whole(source::threads)) {
            before.add(watched.thread().threadId());
        }
        return this;
    }

    /** Ignores threads whose name begins with a prefix. */
    public LeakCheck ignoreName(String prefix) {
        return ignore(thread -> thread.name().startsWith(prefix));
    }

    /** Ignores threads whose innermost frame is a method. Its form is {@code org.example.Type.method}. */
    public LeakCheck ignoreTop(String method) {
        return ignore(thread -> !thread.stack().isEmpty()
                && ProfileText.function(thread.stack().getFirst()).equals(method));
    }

    /** Ignores threads that have a method anywhere on their stack. Its form is {@code org.example.Type.method}. */
    public LeakCheck ignoreAny(String method) {
        return ignore(
                thread -> thread.stack().stream().map(ProfileText::function).anyMatch(method::equals));
    }

    /**
     * Ignores threads that were started by a thread whose name begins with a prefix. The creator is known only for
     * threads of a {@link org.leaklab.core.Launcher}; other threads are not ignored.
     */
    public LeakCheck ignoreCreator(String prefix) {
        return ignore(thread -> !thread.creator().isEmpty() && thread.creator().startsWith(prefix));
    }

    /** Ignores threads for which a predicate is true. The thread that runs the check calls the predicate. */
    public LeakCheck ignore(Predicate<ThreadSnapshot> which) {
        ignored.add(which);
        return this;
    }

    /**
     * Looks only at threads for which a predicate is true. If this method is called several times, all its predicates
     * must be true.
     */
    public LeakCheck only(Predicate<ThreadSource.Watched> which) {
        of = of.and(which);
        return this;
    }

    /**
     * Looks only at threads that a {@link org.leaklab.core.Launcher} started. Such a check needs no option of the JVM.
     */
    public LeakCheck onlyLaunchers() {
        onlyLaunchers = true;
        return only(watched -> watched.launched() != null);
    }

    /**
     * Sets how long the check waits for threads to end. The pauses between two looks begin with 1 microsecond and
     * double up to the longest pause. The default is 20 looks and 100 ms, which are about 0.3 s in total.
     *
     * @param looks how often to look at most
     * @param longest the longest pause between two looks
     * @throws IllegalArgumentException if {@code looks} is less than 1
     */
    public LeakCheck retry(int looks, Duration longest) {
        if (looks < 1) {
            throw new IllegalArgumentException("the number of looks must be at least 1, not " + looks);
        }
        attempts = looks;
        longestPause = longest;
        return this;
    }

    /**
     * Returns the threads that were left behind. Returns as soon as it sees none; otherwise it waits as long as
     * {@link #retry} allows.
     *
     * @return a report without groups if no thread was left behind
     * @throws IllegalStateException if the check sees no thread that was left behind, and the JVM does not show all
     *     threads that it should look at, or probes hide threads for 10 seconds
     * @throws InterruptedException if the current thread is interrupted between two looks
     */
    public ThreadReport find() throws InterruptedException {
        List<ThreadSnapshot> left = whole();
        long pause = 1_000;
        for (int i = 1; i < attempts && !left.isEmpty(); i++) {
            TimeUnit.NANOSECONDS.sleep(Math.min(pause, longestPause.toNanos()));
            pause *= 2;
            left = whole();
        }
        if (left.isEmpty()) {
            Blindness.of(source, onlyLaunchers).ifPresent(blind -> {
                throw new IllegalStateException(blind);
            });
        }
        return ThreadReport.of("verify", source.scope(), left, List.of());
    }

    /**
     * Throws an error if threads were left behind. Waits in the same way as {@link #find}.
     *
     * @throws LeakedThreadsError if threads were left behind; its message shows each group of them with its stack
     * @throws IllegalStateException if the check sees no thread that was left behind, and the JVM does not show all
     *     threads that it should look at, or probes hide threads for 10 seconds
     * @throws InterruptedException if the current thread is interrupted between two looks
     */
    public void verifyNone() throws InterruptedException {
        ThreadReport report = find();
        if (report.count() > 0) {
            throw new LeakedThreadsError(report);
        }
    }

    /** None only if no probe hid any. */
    private List<ThreadSnapshot> whole() {
        ProbeWatch watch = ProbeWatch.begin();
        List<ThreadSnapshot> left = leftTwice();
        return left.isEmpty() && watch.sawProbe() ? ProbeWatch.whole(this::leftTwice) : left;
    }

    /** None only if two looks in a row see none: the first may have listed a thread that started another and ended. */
    private List<ThreadSnapshot> leftTwice() {
        List<ThreadSnapshot> left = left();
        return left.isEmpty() ? left() : left;
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
