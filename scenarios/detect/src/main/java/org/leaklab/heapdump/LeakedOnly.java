package org.leaklab.heapdump;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.Verdict;

/** Findings without the leaked threads that are not certain. */
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
        return new Findings(
                found.at(),
                found.jdk(),
                found.threads(),
                found.platform(),
                found.virtual(),
                found.blocked(),
                certain,
                found.groups().stream()
                        .filter(group -> group.verdict() == Verdict.CERTAIN)
                        .toList(),
                found.circles().stream()
                        .filter(circle ->
                                circle.links().stream().map(Link::thread).allMatch(names::contains))
                        .toList(),
                found.suspects(),
                found.waiting(),
                found.unknown(),
                found.cannotTell(),
                Stream.concat(
                                found.notes().stream(),
                                Stream.of(leftOut(found.leaked().size() - certain.size())))
                        .filter(note -> !note.isEmpty())
                        .toList());
    }

    private static String leftOut(int threads) {
        if (threads == 0) {
            return "";
        }
        return threads == 1
                ? "1 leaked thread is left out, because it is not certain."
                : threads + " leaked threads are left out, because they are not certain.";
    }
}
