package org.leaklab.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Reason;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.Findings.Verdict;

/** Says a report in the words of a heap dump. */
final class ReportFindings {

    private static final long NOT_WEIGHED = -1;

    private static final String NOT_JUDGED =
            "it is a platform thread, and only a heap dump shows who reaches what it waits on";

    private final LiveReport report;
    private final Findings locks;
    private final List<SuspectThread> deadlocks;
    private final @Nullable String unseen;
    private final boolean seesLocks;

    ReportFindings(LiveReport report, @Nullable SeenLocks locks) {
        this.report = report;
        this.seesLocks = locks != null;
        this.locks = locks == null ? unseen(report) : locks.print();
        this.deadlocks = locks == null ? List.of() : locks.suspects();
        this.unseen = locks == null ? null : locks.unseen();
    }

    private static Findings unseen(LiveReport report) {
        return new Findings(
                report.at(),
                report.jdk(),
                Map.of("platform, not judged", report.platform()),
                report.platform(),
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
    }

    private record Likeness(Verdict verdict, @Nullable String blocker, String set, List<StackTraceElement> stack) {}

    Findings findings() {
        Map<String, Integer> threads = new TreeMap<>();
        locks.threads().forEach((state, count) -> {
            if (state.startsWith("platform")) {
                threads.put(state, count);
            }
        });
        report.states()
                .forEach((state, count) ->
                        threads.merge("virtual, " + word(state), Math.toIntExact(count), Integer::sum));
        long armed = report.sets().values().stream()
                .mapToLong(LiveReport.SetCounts::armed)
                .sum();
        long unjudged =
                report.reasons().values().stream().mapToLong(Long::longValue).sum();
        return new Findings(
                report.at(),
                report.jdk(),
                threads,
                report.platform(),
                Math.toIntExact(report.virtual()),
                Math.toIntExact(armed + unjudged)
                        + platform().size()
                        + locks.leaked().size(),
                Stream.concat(leaked().stream(), locks.leaked().stream()).toList(),
                groups(),
                locks.circles(),
                Stream.concat(suspects().stream(), lockSuspects().stream()).toList(),
                List.of(),
                unknown(),
                null,
                notes());
    }

    /** As {@link Thread.State} has it. */
    private static String word(String state) {
        return switch (state) {
            case "PARKED", "PINNED", "WAIT" -> word(Thread.State.WAITING);
            case "TIMED_PARKED", "TIMED_PINNED", "TIMED_WAIT" -> word(Thread.State.TIMED_WAITING);
            case "BLOCKED" -> word(Thread.State.BLOCKED);
            default -> word(Thread.State.RUNNABLE);
        };
    }

    private static String word(Thread.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private List<LeakedThread> leaked() {
        return report.leaked().stream()
                .filter(report::isProven)
                .map(each -> new LeakedThread(
                        each.id(),
                        each.name(),
                        true,
                        Thread.State.WAITING,
                        Cause.UNREACHABLE,
                        report.verdict(each),
                        each.rounds() > 1,
                        each.blocker(),
                        null,
                        NOT_WEIGHED,
                        each.stack()))
                .toList();
    }

    private List<SuspectThread> suspects() {
        String now = "Nothing but weak or soft references could lead to it. The collection has cleared " + references()
                + " that something alive held. If one of them led here, the thread could have been woken before.";
        String earlier =
                "Nothing leads to it. An earlier probe has cleared weak or soft references that something alive"
                        + " held. If one of them led here, the thread could have been woken before.";
        return report.leaked().stream()
                .filter(each -> !report.isProven(each))
                .map(each -> new SuspectThread(
                        each.id(), each.name(), true, Reason.ISLAND, each.doubted() ? earlier : now, each.stack()))
                .toList();
    }

    /** Without what is proven, and each thread once. */
    private List<SuspectThread> lockSuspects() {
        Set<Long> told = new HashSet<>();
        report.leaked().forEach(thread -> told.add(thread.id()));
        locks.leaked().forEach(thread -> told.add(thread.id()));
        return Stream.concat(locks.suspects().stream(), deadlocks.stream())
                .filter(thread -> told.add(thread.id()))
                .toList();
    }

    private List<UnknownThread> unknown() {
        Set<Long> suspected = lockSuspects().stream().map(SuspectThread::id).collect(Collectors.toSet());
        return Stream.concat(report.unknown().stream(), platform().stream())
                .filter(thread -> !suspected.contains(thread.id()))
                .toList();
    }

    private String references() {
        long cleared =
                report.cleared().values().stream().mapToLong(Long::longValue).sum();
        return cleared + (cleared == 1 ? " weak or soft reference" : " weak or soft references");
    }

    private List<LeakedGroup> groups() {
        Map<Likeness, List<String>> alike = new LinkedHashMap<>();
        for (LiveReport.Leaked each : report.leaked()) {
            if (!report.isProven(each)) {
                continue;
            }
            alike.computeIfAbsent(
                            new Likeness(
                                    report.verdict(each),
                                    each.blocker(),
                                    each.interruptible() ? each.set() : "",
                                    each.stack()),
                            ignored -> new ArrayList<>())
                    .add(each.name());
        }
        List<LeakedGroup> groups = new ArrayList<>();
        alike.forEach((likeness, names) -> groups.add(new LeakedGroup(
                names.size(),
                true,
                Cause.UNREACHABLE,
                likeness.verdict(),
                likeness.blocker(),
                List.copyOf(names),
                NOT_WEIGHED,
                heldBy(likeness),
                likeness.stack())));
        groups.addAll(locks.groups());
        groups.sort(Comparator.comparingInt(LeakedGroup::count).reversed());
        return List.copyOf(groups);
    }

    /** Those that wait without a timeout, and are in no deadlock. */
    private List<UnknownThread> platform() {
        List<UnknownThread> platform = new ArrayList<>();
        for (Findings.WaitingGroup group : locks.waiting()) {
            for (Findings.ThreadName thread : group.virtual() ? List.<Findings.ThreadName>of() : group.threads()) {
                platform.add(new UnknownThread(thread.id(), thread.name(), false, NOT_JUDGED, group.stack()));
            }
        }
        locks.unknown().stream().filter(thread -> !thread.virtual()).forEach(platform::add);
        return platform;
    }

    private static List<String> heldBy(Likeness likeness) {
        if (likeness.verdict() == Verdict.CERTAIN) {
            return List.of();
        }
        return List.of(
                switch (likeness.set()) {
                    case "executor" -> "something alive reaches its executor, and can interrupt all its threads";
                    case "scope" -> "something alive reaches its scope, and can interrupt all its threads";
                    case "pool" -> "something alive reaches its pool";
                    case "launcher" -> "something alive reaches its launcher, and can interrupt all its threads";
                    case "root" -> "a leaked thread that can be interrupted reaches it";
                    default -> "it was seen in one collection alone";
                });
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        long late = report.rounds().stream().mapToInt(LiveReport.Round::late).sum();
        if (late > 0) {
            notes.add(late + (late == 1 ? " thread was" : " threads were")
                    + " not put back in time, because finalizers take long: they are put back when these have run.");
        }
        if (!report.cleared().isEmpty()) {
            notes.add("The collection has cleared " + references()
                    + " that something alive held, so no thread is proven to be leaked: "
                    + Printable.of(report.cleared().toString()) + ".");
        }
        if (report.unread() > 0) {
            notes.add(
                    "Threads of leaklab's own launchers are not judged, for the program has another version of leaklab:"
                            + " use its Reachability, or a heap dump.");
        }
        if (!report.reaped().isEmpty()) {
            notes.add(reaped());
        }
        if (unseen != null) {
            notes.add(unseen);
        }
        notes.add(
                seesLocks
                        ? "Of platform threads only deadlocks are seen without a heap dump."
                        : "Platform threads are not judged: a heap dump can tell.");
        return notes;
    }

    private String reaped() {
        Map<LiveReport.Reaped, Long> outcomes =
                report.reaped().values().stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        List<Long> ignored = report.reaped().entrySet().stream()
                .filter(each -> each.getValue() == LiveReport.Reaped.IGNORED)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return "Of the leaked threads " + report.reaped().size()
                + (report.reaped().size() == 1 ? " was" : " were")
                + " interrupted: " + outcomes.getOrDefault(LiveReport.Reaped.ENDED, 0L) + " ended, "
                + outcomes.getOrDefault(LiveReport.Reaped.WENT_ON, 0L) + " went on, "
                + outcomes.getOrDefault(LiveReport.Reaped.IGNORED, 0L) + " ignored it"
                + (ignored.isEmpty()
                        ? "."
                        : ": " + ignored.stream().map(id -> "#" + id).collect(Collectors.joining(", ")) + ".");
    }
}
