package org.leaklab.cli;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.Findings.WaitingGroup;
import org.leaklab.heapdump.Growth;
import org.leaklab.heapdump.KnownLeaks;

/** What {@code detect} prints as JSON. */
final class DetectJson {

    static final int SCHEMA = 2;

    /** For programs that were written for the document of before, which had no number. */
    static final String MOVED =
            "This document has schema 2. In schema 1, \"unknown\" was a map of reasons to counts, and is"
                    + " now a list of threads; the verdict \"nothing-leaked\" is now \"nothing\", or \"suspects\" if there are any.";

    private DetectJson() {}

    /** How many threads there are. */
    record Threads(int platform, int virtual, int blocked, int unknown) {}

    /** Names one thread; the id is 0 if it is not known. */
    record Name(long id, String name) {

        static Name of(ThreadName thread) {
            return new Name(thread.id(), thread.name());
        }
    }

    /** One leaked thread. */
    record Leaked(
            long id,
            String name,
            boolean virtual,
            String cause,
            String verdict,
            boolean confirmed,
            @Nullable String blocker,
            @Nullable Name owner,
            long retainedBytes,
            List<String> stack) {}

    /** One thread that may be stuck. */
    record Suspect(long id, String name, boolean virtual, String reason, String because, List<String> stack) {}

    /** Threads that wait for what may still happen, and look the same. */
    record Waiting(int count, List<Name> threads, @Nullable String blocker, List<String> heldBy, List<String> stack) {}

    /** One thread that cannot be judged. */
    record Unknown(long id, String name, boolean virtual, String reason, List<String> stack) {}

    /** One thread of a circle, which waits for the next one. */
    record Step(long id, String name, String wants, String at, Name heldBy) {

        static Step of(Link link) {
            return new Step(link.thread().id(), link.thread().name(), link.wants(), link.at(), Name.of(link.heldBy()));
        }
    }

    /** Leaked threads that look the same. */
    record Group(
            int count,
            String kind,
            String cause,
            String verdict,
            @Nullable String blocker,
            List<String> names,
            long retainedBytes,
            List<String> heldBy,
            boolean known,
            List<String> stack) {

        static Group of(LeakedGroup group, boolean known) {
            return new Group(
                    group.count(),
                    group.kind(),
                    group.cause().toString(),
                    group.verdict().toString(),
                    group.blocker(),
                    group.names(),
                    group.retainedBytes(),
                    group.heldBy(),
                    known,
                    lines(group.stack()));
        }
    }

    /** All of it. */
    record Whole(
            int schema,
            String method,
            @Nullable String jdk,
            String verdict,
            @Nullable String cannotTell,
            Threads threads,
            Map<String, Integer> states,
            List<Leaked> leaked,
            List<Suspect> suspects,
            List<Waiting> waiting,
            List<Unknown> unknown,
            List<List<Step>> circles,
            List<Group> groups,
            List<String> notes) {}

    /** A group that grew. */
    record Grown(int before, int after, Group group) {}

    /**
     * Returns what is printed.
     *
     * @param method how it was found: {@code heap-dump}, {@code thread-dump} or {@code live}
     */
    static Whole of(Findings found, String method) {
        return of(found, method, KnownLeaks.none(), List.of());
    }

    /**
     * Returns what is printed where leaks are known: all that is found, with a word on each group.
     *
     * @param more sentences beside those of the findings
     */
    static Whole of(Findings found, String method, KnownLeaks known, List<String> more) {
        Shown shown = new Shown();
        List<String> notes = new ArrayList<>(found.notes());
        notes.addAll(more);
        notes.add(MOVED);
        return new Whole(
                SCHEMA,
                method,
                found.jdk(),
                verdict(found, known),
                found.cannotTell(),
                new Threads(
                        found.platform(),
                        found.virtual(),
                        found.blocked(),
                        found.unknown().size()),
                found.threads(),
                found.leaked().stream().map(shown::leaked).toList(),
                found.suspects().stream().map(shown::suspect).toList(),
                found.waiting().stream().map(shown::waiting).toList(),
                found.unknown().stream().map(shown::unknown).toList(),
                found.circles().stream().map(DetectJson::steps).toList(),
                found.groups().stream()
                        .map(group -> Group.of(group, known.contains(group)))
                        .toList(),
                notes);
    }

    static List<Grown> of(List<Growth> grown) {
        return grown.stream()
                .map(growth -> new Grown(growth.before(), growth.group().count(), Group.of(growth.group(), false)))
                .toList();
    }

    private static String verdict(Findings found, KnownLeaks known) {
        if (found.cannotTell() != null) {
            return "cannot-tell";
        }
        if (!known.without(found).leaked().isEmpty()) {
            return "leaked";
        }
        if (!found.suspects().isEmpty()) {
            return "suspects";
        }
        return found.leaked().isEmpty() ? "nothing" : "known";
    }

    private static List<Step> steps(Circle circle) {
        return circle.links().stream().map(Step::of).toList();
    }

    private static List<String> lines(List<StackTraceElement> stack) {
        return stack.stream().map(StackTraceElement::toString).toList();
    }

    /** Threads as they are written; most of them share their stack with others. */
    private static final class Shown {

        private final Map<List<StackTraceElement>, List<String>> stacks = new IdentityHashMap<>();

        private List<String> stack(List<StackTraceElement> stack) {
            return stacks.computeIfAbsent(stack, DetectJson::lines);
        }

        Leaked leaked(LeakedThread thread) {
            return new Leaked(
                    thread.id(),
                    thread.name(),
                    thread.virtual(),
                    thread.cause().toString(),
                    thread.verdict().toString(),
                    thread.confirmed(),
                    thread.blocker(),
                    thread.owner() == null ? null : Name.of(thread.owner()),
                    thread.retainedBytes(),
                    stack(thread.stack()));
        }

        Suspect suspect(SuspectThread thread) {
            return new Suspect(
                    thread.id(),
                    thread.name(),
                    thread.virtual(),
                    thread.reason().toString(),
                    thread.because(),
                    stack(thread.stack()));
        }

        Waiting waiting(WaitingGroup group) {
            return new Waiting(
                    group.threads().size(),
                    group.threads().stream().map(Name::of).toList(),
                    group.blocker(),
                    group.heldBy(),
                    stack(group.stack()));
        }

        Unknown unknown(UnknownThread thread) {
            return new Unknown(thread.id(), thread.name(), thread.virtual(), thread.why(), stack(thread.stack()));
        }
    }
}
