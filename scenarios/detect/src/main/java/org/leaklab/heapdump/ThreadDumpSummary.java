package org.leaklab.heapdump;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.Findings.WaitingGroup;
import org.leaklab.heapdump.locks.SeenThread;
import org.leaklab.heapdump.locks.SeenThreads;
import org.leaklab.heapdump.locks.SeenWait;
import org.leaklab.heapdump.locks.Standstill;

/** Sums up what a thread dump shows, in the public records. */
final class ThreadDumpSummary {

    private static final long NO_HEAP = -1;

    private final SeenThreads seen;
    private final Instant at;
    private final @Nullable String jdk;
    private final Map<Long, SeenThread> byId;
    private final Standstill standstill;
    private final List<SeenThread> stuck;
    private final Set<Long> freed;

    ThreadDumpSummary(SeenThreads seen, Instant at, @Nullable String jdk) {
        this.seen = seen;
        this.at = at;
        this.jdk = jdk;
        byId = seen.byId();
        standstill = Standstill.of(seen);
        stuck = standstill.stuck();
        freed = standstill.freedByInterrupts();
    }

    /**
     * Sums up.
     *
     * @param incomplete why the dump does not show all that it should, or null; with that it allows a verdict only
     *     where it proves one
     */
    Findings findings(@Nullable String incomplete) {
        List<SeenThread> proven = seen.atOneMoment() ? stuck : List.of();
        List<SuspectThread> suspects = new ThreadDumpSuspects(seen, standstill).find();
        Set<Long> told = new HashSet<>();
        proven.forEach(thread -> told.add(thread.id()));
        suspects.forEach(thread -> told.add(thread.id()));
        List<SeenThread> others = seen.threads().stream()
                .filter(SeenThread::isSuspended)
                .filter(thread -> !told.contains(thread.id()))
                .toList();
        int virtual = (int) seen.threads().stream().filter(SeenThread::virtual).count();
        return new Findings(
                at,
                jdk,
                states(),
                seen.threads().size() - virtual,
                virtual,
                (int) seen.threads().stream().filter(SeenThread::isSuspended).count(),
                proven.stream().map(this::leaked).toList(),
                groups(proven),
                proven.isEmpty() ? List.of() : circles(),
                suspects,
                waiting(others),
                unknown(others),
                proven.isEmpty() ? incomplete : null,
                seen.notes());
    }

    private Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        for (SeenThread thread : seen.threads()) {
            String state = thread.state() == null
                    ? "unknown"
                    : thread.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            states.merge((thread.virtual() ? "virtual, " : "platform, ") + state, 1, Integer::sum);
        }
        return states;
    }

    private LeakedThread leaked(SeenThread thread) {
        SeenThread owner = standstill.owner(thread);
        return new LeakedThread(
                thread.id(),
                thread.name(),
                thread.virtual(),
                thread.state() == null ? Thread.State.WAITING : thread.state(),
                cause(thread),
                verdict(thread),
                thread.doing().wanted(),
                owner == null ? null : name(owner),
                NO_HEAP,
                thread.stack());
    }

    private static Cause cause(SeenThread thread) {
        return thread.doing() instanceof SeenWait.Owned owned && owned.initializes()
                ? Cause.CLASS_INITIALIZATION
                : Cause.DEADLOCK;
    }

    private Verdict verdict(SeenThread thread) {
        return freed.contains(thread.id()) ? Verdict.UNLESS_INTERRUPTED : Verdict.CERTAIN;
    }

    private record Likeness(
            boolean virtual,
            Cause cause,
            Verdict verdict,
            @Nullable String blocker,
            List<StackTraceElement> stack) {}

    private List<LeakedGroup> groups(List<SeenThread> proven) {
        Map<Likeness, List<String>> alike = new LinkedHashMap<>();
        for (SeenThread thread : proven) {
            alike.computeIfAbsent(
                            new Likeness(
                                    thread.virtual(),
                                    cause(thread),
                                    verdict(thread),
                                    thread.doing().wanted(),
                                    thread.stack()),
                            ignored -> new ArrayList<>())
                    .add(thread.name());
        }
        List<LeakedGroup> groups = new ArrayList<>();
        alike.forEach((like, names) -> groups.add(new LeakedGroup(
                names.size(),
                like.virtual(),
                like.cause(),
                like.verdict(),
                like.blocker(),
                List.copyOf(names),
                NO_HEAP,
                List.of(),
                like.stack())));
        groups.sort(Comparator.comparingInt(LeakedGroup::count).reversed());
        return List.copyOf(groups);
    }

    private List<Circle> circles() {
        return standstill.circles().stream()
                .map(circle -> new Circle(circle.stream().map(this::link).toList()))
                .toList();
    }

    private Link link(SeenThread thread) {
        SeenThread owner = standstill.owner(thread);
        return new Link(
                name(thread),
                String.valueOf(thread.doing().wanted()),
                place(thread.stack()),
                name(owner == null ? thread : owner)); // never null in a circle
    }

    private static String place(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> !frame.getClassName().matches("(?s)(java|javax|jdk|sun|com\\.sun)\\..*"))
                .findFirst()
                .or(() -> stack.stream().findFirst())
                .map(StackTraceElement::toString)
                .orElse("");
    }

    private record Alike(boolean virtual, @Nullable String blocker, long owner, List<StackTraceElement> stack) {}

    private List<WaitingGroup> waiting(List<SeenThread> threads) {
        Map<Alike, List<ThreadName>> alike = new LinkedHashMap<>();
        for (SeenThread thread : threads) {
            if (!(thread.doing() instanceof SeenWait.OwnerUnseen)) {
                long owner = thread.doing() instanceof SeenWait.Owned owned ? owned.owner() : 0;
                alike.computeIfAbsent(
                                new Alike(thread.virtual(), thread.doing().wanted(), owner, thread.stack()),
                                ignored -> new ArrayList<>())
                        .add(name(thread));
            }
        }
        return alike.entrySet().stream()
                .map(entry -> new WaitingGroup(
                        List.copyOf(entry.getValue()),
                        entry.getKey().virtual(),
                        entry.getKey().blocker(),
                        heldBy(entry.getKey().owner()),
                        entry.getKey().stack()))
                .sorted(Comparator.comparingInt(
                                (WaitingGroup group) -> group.threads().size())
                        .reversed())
                .toList();
    }

    private List<String> heldBy(long owner) {
        if (owner == 0) {
            return List.of();
        }
        SeenThread thread = byId.get(owner);
        return List.of(thread == null ? "thread #" + owner : "thread " + thread.quoted());
    }

    private static List<UnknownThread> unknown(List<SeenThread> threads) {
        List<UnknownThread> unknown = new ArrayList<>();
        for (SeenThread thread : threads) {
            if (thread.doing() instanceof SeenWait.OwnerUnseen unseen) {
                unknown.add(
                        new UnknownThread(thread.id(), thread.name(), thread.virtual(), unseen.why(), thread.stack()));
            }
        }
        return List.copyOf(unknown);
    }

    private static ThreadName name(SeenThread thread) {
        return new ThreadName(thread.id(), thread.name());
    }
}
