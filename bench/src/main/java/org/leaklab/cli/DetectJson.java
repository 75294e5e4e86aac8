package org.leaklab.cli;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Growth;

/** What {@code detect} prints as JSON. */
final class DetectJson {

    private DetectJson() {}

    /** How many threads there are. */
    record Threads(int platform, int virtual, int blocked, int unknown) {}

    /** One leaked thread. */
    record Leaked(
            String name,
            boolean virtual,
            String verdict,
            @Nullable String blocker,
            long retainedBytes,
            List<String> stack) {}

    /** Those that look the same. */
    record Group(
            int count,
            String kind,
            String verdict,
            @Nullable String blocker,
            List<String> names,
            long retainedBytes,
            List<String> heldBy,
            List<String> stack) {

        static Group of(LeakedGroup group) {
            return new Group(
                    group.count(),
                    group.kind(),
                    group.verdict().toString(),
                    group.blocker(),
                    group.names(),
                    group.retainedBytes(),
                    group.heldBy(),
                    lines(group.stack()));
        }
    }

    /** All of it. */
    record Whole(
            String verdict,
            @Nullable String cannotTell,
            @Nullable String jdk,
            Threads threads,
            Map<String, Integer> states,
            Map<String, Integer> unknown,
            List<Leaked> leaked,
            List<Group> groups,
            List<String> notes) {}

    /** A group that grew. */
    record Grown(int before, int after, Group group) {}

    static Whole of(Findings found) {
        Map<List<StackTraceElement>, List<String>> stacks = new IdentityHashMap<>(); // most threads share theirs
        List<Leaked> leaked = found.leaked().stream()
                .map(thread -> of(thread, stacks.computeIfAbsent(thread.stack(), DetectJson::lines)))
                .toList();
        return new Whole(
                found.cannotTell() != null ? "cannot-tell" : leaked.isEmpty() ? "nothing-leaked" : "leaked",
                found.cannotTell(),
                found.jdk(),
                new Threads(
                        found.platform(),
                        found.virtual(),
                        found.blocked(),
                        found.unknown().size()),
                found.threads(),
                found.reasons(),
                leaked,
                found.groups().stream().map(Group::of).toList(),
                found.notes());
    }

    static List<Grown> of(List<Growth> grown) {
        return grown.stream()
                .map(growth -> new Grown(growth.before(), growth.group().count(), Group.of(growth.group())))
                .toList();
    }

    private static Leaked of(LeakedThread thread, List<String> stack) {
        return new Leaked(
                thread.name(),
                thread.virtual(),
                thread.verdict().toString(),
                thread.blocker(),
                thread.retainedBytes(),
                stack);
    }

    private static List<String> lines(List<StackTraceElement> stack) {
        return stack.stream().map(StackTraceElement::toString).toList();
    }
}
