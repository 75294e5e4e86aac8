package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.Verdict;

/** Findings with fewer leaked threads, or with more notes. */
final class LeakedOnly {

    private LeakedOnly() {}

    /** The same findings with none but certain leaked threads, and a note on how many that leaves out. */
    static Findings certain(Findings found) {
        List<LeakedThread> certain = found.leaked().stream()
                .filter(thread -> thread.verdict() == Verdict.CERTAIN)
                .toList();
        Set<ThreadName> names = certain.stream()
                .map(thread -> new ThreadName(thread.id(), thread.name()))
                .collect(Collectors.toSet());
        List<LeakedGroup> groups = found.groups().stream()
                .filter(group -> group.verdict() == Verdict.CERTAIN)
                .toList();
        List<Circle> circles = found.circles().stream()
                .filter(circle -> circle.links().stream().map(Link::thread).allMatch(names::contains))
                .toList();
        return with(found, certain, groups, circles, leftOut(found.leaked().size() - certain.size()));
    }

    /** The same findings without the leaked threads that are known. A circle stays if one of its threads does. */
    static Findings unknown(Findings found, KnownLeaks known) {
        record Alike(Cause cause, @Nullable String blocker, List<StackTraceElement> stack) {}
        Set<Alike> left = new HashSet<>();
        List<LeakedGroup> groups = new ArrayList<>();
        for (LeakedGroup group : found.groups()) {
            if (known.contains(group)) {
                left.add(new Alike(group.cause(), group.blocker(), group.stack()));
            } else {
                groups.add(group);
            }
        }
        List<LeakedThread> leaked = new ArrayList<>();
        Set<ThreadName> gone = new HashSet<>();
        for (LeakedThread thread : found.leaked()) {
            if (left.contains(new Alike(thread.cause(), thread.blocker(), thread.stack()))) {
                gone.add(new ThreadName(thread.id(), thread.name()));
            } else {
                leaked.add(thread);
            }
        }
        List<Circle> circles = found.circles().stream()
                .filter(circle -> !circle.links().stream().map(Link::thread).allMatch(gone::contains))
                .toList();
        return with(found, List.copyOf(leaked), List.copyOf(groups), circles, List.of());
    }

    /** The same findings with more notes. */
    static Findings noted(Findings found, List<String> notes) {
        return with(found, found.leaked(), found.groups(), found.circles(), notes);
    }

    private static Findings with(
            Findings found,
            List<LeakedThread> leaked,
            List<LeakedGroup> groups,
            List<Circle> circles,
            List<String> notes) {
        return new Findings(
                found.at(),
                found.jdk(),
                found.threads(),
                found.platform(),
                found.virtual(),
                found.blocked(),
                leaked,
                groups,
                circles,
                found.suspects(),
                found.waiting(),
                found.unknown(),
                found.cannotTell(),
                Stream.concat(found.notes().stream(), notes.stream()).toList());
    }

    private static List<String> leftOut(int threads) {
        if (threads == 0) {
            return List.of();
        }
        return List.of(
                threads == 1
                        ? "1 leaked thread is left out, because it is not certain."
                        : threads + " leaked threads are left out, because they are not certain.");
    }
}
