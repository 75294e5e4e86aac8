package org.leaklab.detect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.live.LiveProbe;
import org.leaklab.live.LiveReport;
import org.leaklab.live.ProbeOptions;

/**
 * One probe of all virtual threads of this JVM, for {@link Reachability#ofAllVirtualThreads}: that of {@code detect
 * --live}, with its words.
 */
final class WholeProbe {

    private static final String SCOPE = "virtual threads of the JVM";

    private final LiveReport report;
    private final Findings said;

    private WholeProbe(LiveReport report) {
        this.report = report;
        this.said = report.findings();
    }

    /**
     * Runs a probe when no other one is under way.
     *
     * @throws IllegalStateException if the probe is refused, or fails; its message is one sentence
     */
    static Finding run(Duration maxPause) throws InterruptedException {
        return Probe.alone(() -> ProbeWatch.during(() -> {
            long began = System.nanoTime();
            try {
                LiveReport report = LiveProbe.ofThisJvm()
                        .probe(ProbeOptions.DEFAULT.withMaxPause(maxPause).withReason("a detector of this program"));
                return new WholeProbe(report).finding(Duration.ofNanos(System.nanoTime() - began));
            } catch (IOException | IllegalArgumentException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted during a probe of all virtual threads");
                }
                throw new IllegalStateException(e.getMessage(), e);
            }
        }));
    }

    private Finding finding(Duration took) {
        Map<Long, Launched> launched = launched();
        List<ThreadSnapshot> leaked = new ArrayList<>();
        List<ThreadSnapshot> suspects = new ArrayList<>();
        Set<Long> unlessInterrupted = new HashSet<>();
        for (LiveReport.Leaked each : report.leaked()) {
            (report.isProven(each) ? leaked : suspects).add(snapshot(each, launched.get(each.id())));
            if (report.isProven(each) && report.verdict(each) == Verdict.UNLESS_INTERRUPTED) {
                unlessInterrupted.add(each.id());
            }
        }
        Map<String, Integer> unknown = new TreeMap<>();
        report.reasons().forEach((why, count) -> unknown.put(why, Math.toIntExact(count)));
        int alive = said.virtual()
                - report.leaked().size()
                - unknown.values().stream().mapToInt(Integer::intValue).sum();
        return new Finding(
                leaked,
                unlessInterrupted,
                suspects,
                notes(unknown),
                Math.max(0, alive), // threads start and end while they are counted
                unknown,
                "garbage collection, as detect --live; leaked threads come back whole, with their present stacks",
                true, // a probe whose self-test fails is refused
                took,
                SCOPE);
    }

    /** What launchers know of their threads. */
    private static Map<Long, Launched> launched() {
        Map<Long, Launched> launched = new HashMap<>();
        for (LiveThreads live : Launchers.all()) {
            for (Launched each : live.snapshot(Launched.class)) {
                launched.put(each.thread().threadId(), each);
            }
        }
        return launched;
    }

    private static ThreadSnapshot snapshot(LiveReport.Leaked thread, @Nullable Launched by) {
        return new ThreadSnapshot(
                by == null ? thread.name() : by.name(),
                thread.id(),
                ThreadKind.VIRTUAL,
                Thread.State.WAITING,
                thread.blocker(),
                by == null ? "" : by.creatorName(),
                by == null ? null : Duration.ofNanos(System.nanoTime() - by.startedAt()),
                thread.stack());
    }

    private List<String> notes(Map<String, Integer> unknown) {
        List<String> notes = new ArrayList<>();
        Map<String, Integer> holders = new TreeMap<>();
        said.groups().forEach(group -> group.heldBy().forEach(by -> holders.merge(by, group.count(), Integer::sum)));
        holders.forEach((by, count) -> notes.add(count(count) + " leaked unless interrupted: " + by));
        Map<String, Integer> reasons = new TreeMap<>();
        said.suspects().forEach(each -> reasons.merge(each.because(), 1, Integer::sum));
        reasons.forEach((why, count) -> notes.add(count(count) + " perhaps leaked: " + why));
        unknown.forEach((why, count) -> notes.add(count(count) + " unknown: " + why));
        notes.addAll(said.notes());
        return notes;
    }

    private static String count(int threads) {
        return threads + (threads == 1 ? " thread" : " threads");
    }
}
