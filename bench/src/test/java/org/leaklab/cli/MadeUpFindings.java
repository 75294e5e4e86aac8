package org.leaklab.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.Findings.WaitingGroup;

/** Findings with something in every list, or in some of them. */
final class MadeUpFindings {

    static final String LOCK = "java.util.concurrent.locks.ReentrantLock$NonfairSync";
    static final String WORDS = "every worker of this pool waits for a task that stands in its queue";
    static final List<String> WAY = List.of("static Pools.POOL", "Pool.idle", "Idle.notEmpty");

    static final List<StackTraceElement> STACK = List.of(
            new StackTraceElement("java.util.concurrent.locks.LockSupport", "park", "LockSupport.java", 223),
            new StackTraceElement("Shop", "buy", "Shop.java", 12));

    private MadeUpFindings() {}

    static LeakedThread leaked(Cause cause, Verdict verdict, @Nullable ThreadName owner) {
        return new LeakedThread(31, "buyer", true, Thread.State.WAITING, cause, verdict, LOCK, owner, 264, STACK);
    }

    static LeakedGroup group(int count, boolean virtual, Cause cause, Verdict verdict) {
        List<String> names = IntStream.range(0, count).mapToObj(i -> "buyer").toList();
        return new LeakedGroup(count, virtual, cause, verdict, LOCK, names, 264, List.of(), STACK);
    }

    static Link link(int from, int to, String wants) {
        return new Link(
                new ThreadName(from, "stuck-" + from),
                wants,
                "Shop.buy(Shop.java:12)",
                new ThreadName(to, "stuck-" + to));
    }

    static List<WaitingGroup> waiting(int groups) {
        return IntStream.range(0, groups)
                .mapToObj(i -> new WaitingGroup(
                        List.of(new ThreadName(50 + i, "waiter-" + i)), true, "java.lang.Object", WAY, STACK))
                .toList();
    }

    static List<UnknownThread> unknown(int threads) {
        return IntStream.range(0, threads)
                .mapToObj(i -> new UnknownThread(70 + i, "unknown-" + i, true, "no frame shows its monitor", STACK))
                .toList();
    }

    static List<SuspectThread> suspects() {
        return List.of(new SuspectThread(41, "worker-1", false, Reason.POOL_STARVATION, WORDS, STACK));
    }

    static Findings of(
            List<LeakedThread> leaked,
            List<LeakedGroup> groups,
            List<Circle> circles,
            List<SuspectThread> suspects,
            List<WaitingGroup> waiting,
            List<UnknownThread> unknown,
            @Nullable String cannotTell) {
        return new Findings(
                Instant.EPOCH,
                "25.0.3",
                Map.of("virtual, waiting", 9, "platform, runnable", 3),
                3,
                9,
                9,
                leaked,
                groups,
                circles,
                suspects,
                waiting,
                unknown,
                cannotTell,
                List.of("a note of the dump"));
    }

    /** Something in every list; more than is shown by default where waiting and unknown threads stand. */
    static Findings full() {
        return of(
                List.of(leaked(Cause.DEADLOCK, Verdict.CERTAIN, new ThreadName(32, "seller"))),
                List.of(group(1, true, Cause.DEADLOCK, Verdict.CERTAIN)),
                List.of(new Circle(List.of(link(31, 32, "java.lang.Object"), link(32, 31, LOCK)))),
                suspects(),
                waiting(7),
                unknown(8),
                null);
    }

    static Findings only(List<SuspectThread> suspects, List<UnknownThread> unknown) {
        return of(List.of(), List.of(), List.of(), suspects, List.of(), unknown, null);
    }
}
