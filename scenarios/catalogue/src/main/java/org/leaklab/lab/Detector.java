package org.leaklab.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.core.Launcher;
import org.leaklab.detect.Deadlock;
import org.leaklab.detect.Finding;
import org.leaklab.detect.LeakCheck;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.StuckGroup;
import org.leaklab.detect.ThreadCount;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadReport;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.detect.ThreadSource;
import org.leaklab.heapdump.Analysis;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.HeapDump.Progress;
import org.leaklab.heapdump.RunningJvm;

/** The detectors that can look at a cell while its threads are stuck. */
public enum Detector {
    /** Counts the threads that live after the cell and did not live before. */
    COUNT {
        @Override
        Said look(Launcher threads) {
            int more = ThreadCount.of(ThreadSource.of(threads)).all();
            return new Said(
                    word(),
                    Said.Sight.SEES,
                    more,
                    List.of(more == 0 ? "no thread more than before" : more + " more than before"));
        }
    },
    /** Shows what every thread that is left does, grouped by stack. */
    PROFILE {
        @Override
        Said look(Launcher threads) {
            ThreadProfile profile = ThreadProfile.of(ThreadSource.of(threads));
            return new Said(word(), Said.Sight.SEES, profile.threads().size(), lines(profile.groups()));
        }
    },
    /** Finds the threads that a test would be blamed for. */
    VERIFY {
        @Override
        Said look(Launcher threads) throws InterruptedException {
            ThreadReport report =
                    LeakCheck.of(ThreadSource.of(threads)).retry(LOOKS, PAUSE).find();
            return new Said(word(), Said.Sight.SEES, report.count(), lines(report.groups()));
        }
    },
    /** Finds threads that wait for each other, for themselves, or for a thread that has ended. */
    DEADLOCK {
        @Override
        Said look(Launcher threads) {
            ThreadReport report = Deadlock.report(ThreadSource.of(threads));
            List<String> lines = new ArrayList<>(lines(report.groups()));
            lines.addAll(report.notes());
            return new Said(word(), Said.Sight.CANNOT_SEE, report.count(), lines);
        }
    },
    /** Finds virtual threads that no live object can reach. */
    REACHABILITY {
        @Override
        void attach(Launcher threads) {
            Reachability.prepare(threads);
        }

        @Override
        Said look(Launcher threads) throws InterruptedException {
            try (Reachability reachability = Reachability.of(threads)) {
                return said(reachability.probe());
            } catch (IllegalStateException e) { // no collection is to be had here, and it says so itself
                return new Said(word(), Said.Sight.CANNOT_SEE, 0, List.of(String.valueOf(e.getMessage())));
            }
        }

        private Said said(Finding finding) {
            List<String> lines = new ArrayList<>(Detector.lines(finding.leaked().groups()));
            lines.addAll(finding.leaked().notes());
            if (finding.alive() > 0) {
                lines.add(finding.alive() + " alive: something reaches them, or they do not wait without limit");
            }
            boolean blind = !finding.sound() || (finding.leaked().count() == 0 && finding.unknownCount() > 0);
            return new Said(
                    word(),
                    blind ? Said.Sight.CANNOT_SEE : Said.Sight.SEES,
                    finding.leaked().count(),
                    lines);
        }
    },
    /** Finds threads of either kind that no live thread can wake, in a heap dump of this JVM. */
    HEAP_DUMP {
        @Override
        Said look(Launcher threads) {
            Set<Long> own = threads.live().stream()
                    .map(launched -> launched.thread().threadId())
                    .collect(Collectors.toSet());
            try (RunningJvm jvm = RunningJvm.own()) {
                Path ignored = jvm.dump();
                return said(
                        HeapDump.analyse(jvm, Analysis.ofProcess(jvm).leavingOut(RECORDS), false, Progress.NONE),
                        own,
                        List.of());
            } catch (IOException e) {
                return new Said(word(), Said.Sight.CANNOT_SEE, 0, List.of(String.valueOf(e.getMessage())));
            }
        }
    },
    /**
     * Finds virtual threads that nothing alive can reach, as {@code detect --live} does: from another process. So the
     * lab runs the cell once more, in a JVM that is probed.
     */
    LIVE {
        @Override
        Said look(Launcher threads) {
            throw new IllegalStateException(
                    "a probe comes from another process: Lab.run starts the one that is probed");
        }
    },
    /** The deadlocks that {@code jstack} of the JDK prints. */
    JSTACK {
        @Override
        Said look(Launcher threads) {
            return JdkTools.jstack(word(), threads);
        }
    },
    /** The deadlocks that the JDK's {@code ThreadMXBean} finds. */
    THREAD_MX_BEAN {
        @Override
        Said look(Launcher threads) {
            return JdkTools.threadMxBean(word(), threads);
        }
    },
    /** The threads that a thread dump of the JDK in JSON lists; it judges none. */
    JSON_DUMP {
        @Override
        Said look(Launcher threads) {
            return JdkTools.jsonDump(word(), threads);
        }
    };

    /**
     * The fields through which a launcher reaches its threads and their tasks, and the lab what it will close. The
     * analysis ignores them, as a probe of reachability lets go of them.
     */
    private static final Set<String> RECORDS = Set.of(
            "org.leaklab.core.Launch.thread", "org.leaklab.core.Launch.task", "org.leaklab.scenario.Unheld.reference");

    /** What the name of a lambda's class ends with, different in each JVM. */
    private static final Pattern ADDRESS = Pattern.compile("[+/]0x[0-9a-f]+");

    private static final int LOOKS = 3;
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Whether it tells a leaked thread from a busy one. The others say only that threads are there. */
    public boolean judges() {
        return switch (this) {
            case DEADLOCK, REACHABILITY, HEAP_DUMP, LIVE, JSTACK, THREAD_MX_BEAN -> true;
            case COUNT, PROFILE, VERIFY, JSON_DUMP -> false;
        };
    }

    /** Whether it is a tool of the JDK, and not of leaklab. */
    public boolean isOfTheJdk() {
        return this == JSTACK || this == THREAD_MX_BEAN || this == JSON_DUMP;
    }

    /** Its name on the command line and in results, such as {@code heap-dump}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }

    /** Prepares a launcher before the cell runs. */
    void attach(Launcher threads) {}

    /** Looks at the threads that are left. The caller must hold no reference to any of them. */
    abstract Said look(Launcher threads) throws InterruptedException;

    /**
     * What was found of the threads of a cell.
     *
     * @param doubts why more could not be said
     */
    Said said(Findings findings, Set<Long> own, List<String> doubts) {
        if (findings.cannotTell() != null) {
            return new Said(word(), Said.Sight.CANNOT_SEE, 0, List.of(findings.cannotTell()));
        }
        List<ThreadSnapshot> leaked = ThreadProfile.of(findings).threads().stream()
                .filter(thread -> own.contains(thread.threadId()))
                .toList();
        List<String> lines = new ArrayList<>(Detector.lines(StuckGroup.of(leaked)));
        List<String> unsure = Stream.concat(
                        findings.unknown().stream()
                                .filter(thread -> own.contains(thread.id()))
                                .map(thread -> "unknown: " + thread.why()),
                        doubts.stream())
                .distinct()
                .toList();
        lines.addAll(unsure);
        List<SuspectThread> suspects = findings.suspects().stream()
                .filter(thread -> own.contains(thread.id()))
                .toList();
        suspects.stream()
                .map(thread -> "suspect, " + thread.reason() + ": " + thread.because())
                .distinct()
                .forEach(lines::add);
        boolean blind = leaked.isEmpty() && !unsure.isEmpty();
        return new Said(word(), blind ? Said.Sight.CANNOT_SEE : Said.Sight.SEES, leaked.size(), suspects.size(), lines);
    }

    private static List<String> lines(List<StuckGroup> groups) {
        List<String> lines = new ArrayList<>();
        for (StuckGroup group : groups) {
            String on = group.waitsOn() == null ? "" : " on " + group.waitsOn();
            String at = group.stack().stream()
                    .filter(frame -> frame.getClassName().startsWith("org.leaklab.scenario")
                            || frame.getClassName().startsWith("org.leaklab.pattern"))
                    .findFirst()
                    .map(frame -> " at " + ADDRESS.matcher(frame.toString()).replaceFirst(""))
                    .orElse("");
            lines.add(group.count() + " "
                    + group.kind().name().toLowerCase(Locale.ROOT) + ", "
                    + group.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + on + at);
        }
        return lines;
    }
}
