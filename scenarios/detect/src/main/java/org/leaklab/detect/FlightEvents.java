package org.leaklab.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;

/**
 * Tells the JDK Flight Recorder what detectors found: {@code org.leaklab.Probe} for each probe of {@link Reachability},
 * {@code org.leaklab.LeakedThread} for what it found, {@code org.leaklab.StuckThread} for the threads of a
 * {@link Deadlock}.
 *
 * <p>Threads get an event only for a proof. Of suspects and of threads that a probe could not judge, the event of the
 * probe has the numbers. Where no recording wants an event, nothing is looked at and no text is made.
 *
 * <p>This module requires {@code jdk.jfr}, so that a program of modules has the events without an option. On the class
 * path nobody checks that. So an image of Java that was linked without this module has the detectors, and no events.
 */
final class FlightEvents {

    /** Events for threads with the same stack, for each probe: a recording must not grow with the leak. */
    static final int MOST_ALIKE = 100;

    private static final int MOST_FRAMES = 64;

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightEvents() {}

    /** Runs one probe. */
    @FunctionalInterface
    interface Probing {
        Finding run() throws InterruptedException;
    }

    /** Runs a probe and records it, also if it fails. */
    static Finding recorded(Probing probing) throws InterruptedException {
        if (!AVAILABLE) {
            return probing.run();
        }
        ProbeEvent event = new ProbeEvent();
        event.begin();
        Finding finding;
        try {
            finding = probing.run();
        } catch (InterruptedException | RuntimeException | Error e) {
            event.failure = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
            event.commit();
            throw e;
        }
        event.end();
        if (event.shouldCommit()) {
            event.take(finding);
            event.commit();
        }
        leaked(finding.threads(), finding.unlessInterrupted());
        return finding;
    }

    /** Records threads that a probe found leaked. */
    static void leaked(List<ThreadSnapshot> threads, Set<Long> unlessInterrupted) {
        if (!AVAILABLE || !new LeakedThreadEvent().isEnabled()) {
            return;
        }
        Map<List<StackTraceElement>, Integer> alike = new HashMap<>();
        threads.forEach(thread -> alike.merge(thread.stack(), 1, Integer::sum));
        Map<List<StackTraceElement>, Integer> recorded = new HashMap<>();
        for (ThreadSnapshot thread : threads) {
            if (recorded.merge(thread.stack(), 1, Integer::sum) <= MOST_ALIKE) {
                LeakedThreadEvent event = new LeakedThreadEvent();
                event.take(thread);
                event.alike = alike.get(thread.stack());
                event.unlessInterrupted = unlessInterrupted.contains(thread.threadId());
                event.commit();
            }
        }
    }

    /** Records the threads of circles. */
    static void stuck(List<Deadlock.Circle> circles) {
        if (!AVAILABLE || !new StuckThreadEvent().isEnabled()) {
            return;
        }
        for (Deadlock.Circle circle : circles) {
            for (ThreadSnapshot thread : circle.threads()) {
                StuckThreadEvent event = new StuckThreadEvent();
                event.take(thread);
                event.circle = circle.sentence();
                event.commit();
            }
        }
    }

    @Name("org.leaklab.Probe")
    @Label("Probe")
    @Category("leaklab")
    @Description("One probe for leaked virtual threads, with its garbage collections")
    @StackTrace(false)
    static final class ProbeEvent extends Event {
        @Label("Scope")
        @Description("Which threads the probe looked at")
        @Nullable
        String scope;

        @Label("Leaked Threads")
        int leaked;

        @Label("Suspects")
        @Description("Threads that are perhaps leaked")
        int suspects;

        @Label("Unknown")
        @Description("Threads that the probe could not judge")
        int unknown;

        @Label("Alive")
        int alive;

        @Label("Sound")
        @Description("Whether the probe found the thread that it leaks on purpose; if not, its numbers prove nothing")
        boolean sound;

        @Label("Failure")
        @Description("Why the probe has no result")
        @Nullable
        String failure;

        void take(Finding finding) {
            scope = finding.scope();
            leaked = finding.threads().size();
            suspects = finding.suspects().size();
            unknown = finding.unknownCount();
            alive = finding.alive();
            sound = finding.sound();
        }
    }

    /** What both kinds of events say of a thread. */
    @StackTrace(false)
    abstract static class ThreadEvent extends Event {
        @Label("Thread Name")
        @Nullable
        String name;

        @Label("Thread Id")
        long id;

        @Label("Kind")
        @Description("platform or virtual")
        @Nullable
        String kind;

        @Label("State")
        @Nullable
        String state;

        @Label("Blocker")
        @Description("The class of the object that the thread is parked on")
        @Nullable
        String blocker;

        @Label("Created By")
        @Description("The name of the thread that started it, if a launcher started it")
        @Nullable
        String creator;

        @Label("Age")
        @Description("Time since the thread was started, if a launcher started it")
        @Timespan(Timespan.NANOSECONDS)
        long age;

        @Label("Place")
        @Description("The innermost frame that is not the JDK's")
        @Nullable
        String place;

        @Label("Stack")
        @Description("The stack of the thread, a frame a line, the innermost first")
        @Nullable
        String stack;

        void take(ThreadSnapshot thread) {
            name = Printable.of(thread.name());
            id = thread.threadId();
            kind = thread.kind().name().toLowerCase(Locale.ROOT);
            state = thread.state().toString();
            blocker = thread.waitsOn();
            creator = Printable.of(thread.creator());
            age = thread.age() == null ? Long.MIN_VALUE : thread.age().toNanos(); // the recorder's word for unknown
            place = thread.firstOwnFrame().map(FlightEvents::text).orElse(null);
            stack = text(thread.stack());
        }
    }

    @Name("org.leaklab.LeakedThread")
    @Label("Leaked Thread")
    @Category("leaklab")
    @Description("A virtual thread that nothing alive can reach, found by a probe")
    @StackTrace(false)
    static final class LeakedThreadEvent extends ThreadEvent {
        @Label("Alike")
        @Description("Number of threads that this probe found leaked with the same stack")
        int alike;

        @Label("Unless Interrupted")
        @Description("Whether something alive could still interrupt it, through its executor, scope or launcher")
        boolean unlessInterrupted;
    }

    @Name("org.leaklab.StuckThread")
    @Label("Stuck Thread")
    @Category("leaklab")
    @Description("A thread in a deadlock: it waits for a thread that waits for it, or for one that has ended")
    @StackTrace(false)
    static final class StuckThreadEvent extends ThreadEvent {
        @Label("Circle")
        @Description("Which thread waits for what, and which thread holds it")
        @Nullable
        String circle;
    }

    private static String text(StackTraceElement frame) {
        return Printable.of(frame.toString());
    }

    private static String text(List<StackTraceElement> stack) {
        String frames =
                stack.stream().limit(MOST_FRAMES).map(FlightEvents::text).collect(Collectors.joining("\n"));
        int more = stack.size() - MOST_FRAMES;
        return more <= 0 ? frames : frames + "\n… and " + more + " more";
    }
}
