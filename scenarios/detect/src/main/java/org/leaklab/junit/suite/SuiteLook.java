package org.leaklab.junit.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.JvmThreads;
import org.leaklab.detect.ProbeWatch;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.detect.ThreadSource;
import org.leaklab.junit.suite.LeftThread.Verdict;

/** Looks once, at the end, which threads the tests of a suite left behind. */
final class SuiteLook {

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final SuiteSettings settings;
    private final SuiteKnown known;
    private final TestsSeen tests;
    private final long first;
    private final Set<Long> told;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param first threads with a lower number are older than the suite
     * @param told the numbers of threads that were told of already; takes those that are found
     */
    SuiteLook(SuiteSettings settings, SuiteKnown known, TestsSeen tests, long first, Set<Long> told) {
        this.settings = settings;
        this.known = known;
        this.tests = tests;
        this.first = first;
        this.told = told;
    }

    /** Looks, with growing pauses, until no thread is left or the time is over. Then asks what can be woken. */
    SuiteReport report() throws InterruptedException {
        String blind = blindness();
        if (!TestsSeen.ThreadNumbers.ascend()) {
            throw new IllegalStateException("this JDK (" + Runtime.version()
                    + ") does not number threads in the order in which they are made, as leaklab needs it");
        }
        List<LeftThread> left = left();
        if (!left.isEmpty()) {
            left = known.marked(stillThere(Verdicts.of(left, settings.attach(), notes)));
        }
        left.forEach(each -> told.add(each.look().threadId()));
        noteDoubt(left, JvmThreads.optionForOrigins(), notes);
        Path file = settings.writeKnown();
        return file == null ? new SuiteReport(left, blind, null, notes) : written(file, left, blind);
    }

    /** What would tell which test has started a thread, if several may have. */
    static void noteDoubt(List<LeftThread> left, String option, List<String> notes) {
        boolean isInDoubt = left.stream()
                .anyMatch(each ->
                        !each.starter().certain() && each.starter().tests().size() > 1);
        if (isInDoubt && !option.isEmpty()) {
            notes.add("which of several tests has started a thread is seen with " + option
                    + " in the options of the JVM that runs the tests");
        }
    }

    /**
     * Without those that have ended meanwhile: a probe takes a second and more. One that it has proven to be leaked is
     * kept in any case, for it may still be on its way back into the list of threads.
     */
    private List<LeftThread> stillThere(List<LeftThread> judged) {
        Set<Long> live = live().stream().map(each -> each.thread().threadId()).collect(Collectors.toSet());
        return judged.stream()
                .filter(each ->
                        each.verdict().isProof() || live.contains(each.look().threadId()))
                .toList();
    }

    /** Writes the threads down as known. What was found is told even if they cannot be written. */
    private SuiteReport written(Path file, List<LeftThread> left, @Nullable String blind) {
        try {
            int places = SuiteKnown.write(file, left);
            notes.add(file + " knows of " + places + (places == 1 ? " place" : " places") + " now");
            List<LeftThread> now = left.stream()
                    .map(each -> SuiteKnown.hasPlace(each) ? each.asKnown() : each)
                    .toList();
            long news = now.stream().filter(each -> !each.known()).count();
            if (news > 0) {
                notes.add(file + " cannot know " + news + (news == 1 ? " thread" : " threads")
                        + ": no frame is the program's, and the class of the tests that started it is not known");
            }
            return new SuiteReport(now, blind, null, notes);
        } catch (IOException | IllegalArgumentException e) {
            String why = file + " cannot be written: " + Printable.of(Printable.textOf(e));
            return new SuiteReport(left, blind, why, notes);
        }
    }

    /**
     * Looks until no thread is left or the time is over, and only then what each of them does and who started it. Holds
     * no thread when it returns: a probe would take it for alive.
     */
    private List<LeftThread> left() throws InterruptedException {
        long began = System.nanoTime();
        long patience = TimeUnit.MILLISECONDS.toNanos(settings.patienceMillis());
        List<ThreadSource.Watched> live = live();
        long pause = 1_000;
        for (long rest = patience; rest > 0 && !live.isEmpty(); rest = patience - (System.nanoTime() - began)) {
            TimeUnit.NANOSECONDS.sleep(Math.min(pause, rest));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            live = live();
        }
        List<LeftThread> left = looks(live);
        return left.isEmpty() && !live.isEmpty() ? looks(live()) : left; // who has ended may have started another
    }

    /** What the threads do that live still. */
    private List<LeftThread> looks(List<ThreadSource.Watched> live) {
        List<LeftThread> left = new ArrayList<>();
        for (ThreadSource.Watched watched : live) {
            ThreadSnapshot look = watched.look();
            if (watched.thread().isAlive() && !isIgnored(look)) {
                left.add(new LeftThread(look, tests.starter(watched), Verdict.LEFT_BEHIND, false));
            }
        }
        return left;
    }

    /** The threads that count and live now, while no probe hides any. */
    private List<ThreadSource.Watched> live() {
        return ProbeWatch.whole(this::listedTwice);
    }

    /** None only if two looks in a row see none: the first may have listed a thread that started another and ended. */
    private List<ThreadSource.Watched> listedTwice() {
        List<ThreadSource.Watched> live = listed();
        return live.isEmpty() ? listed() : live;
    }

    private List<ThreadSource.Watched> listed() {
        return ThreadSource.jvm().threads().stream().filter(this::counts).toList();
    }

    private boolean counts(ThreadSource.Watched watched) {
        Thread thread = watched.thread();
        return thread.threadId() > first
                && thread != Thread.currentThread()
                && !JUnitThreads.isWorker(thread)
                && !told.contains(thread.threadId())
                && !isIgnored(watched)
                && thread.isAlive();
    }

    /** Takes no snapshot if the name is enough: this is asked at each look. */
    private boolean isIgnored(ThreadSource.Watched watched) {
        String name = watched.launched() == null
                ? watched.thread().getName()
                : watched.launched().name();
        Ignored ignored = settings.ignored();
        return ignored.hasName(name)
                || ((ignored.asksForStacks() || name.equals(JUnitThreads.TIMER)) && isIgnored(watched.look()));
    }

    private boolean isIgnored(ThreadSnapshot look) {
        return JUnitThreads.isTimer(look) || settings.ignored().has(look);
    }

    /** Null if all threads are seen, after an agent was loaded if need be. */
    private @Nullable String blindness() {
        if (JvmThreads.seesVirtual() || !JvmThreads.virtualThreadsHaveRun()) {
            return null;
        }
        String why = SuiteSettings.ATTACH + "=false forbids to load an agent that shows them";
        if (settings.attach()) {
            try {
                if (JvmThreads.openByAgent()) {
                    return null;
                }
                why = "the agent that should show them did not";
            } catch (IOException e) {
                why = "no agent could be loaded that shows them (" + e.getMessage() + ")";
            }
        }
        return "virtual threads have run that this check cannot see: " + why + "; " + JvmThreads.howToSeeVirtual();
    }
}
