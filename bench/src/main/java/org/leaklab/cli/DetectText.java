package org.leaklab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.Growth;
import org.leaklab.table.Table;
import picocli.CommandLine.Help.Ansi;

/** What {@code detect} prints for people. */
final class DetectText {

    private static final int NAMES = 5;
    private static final int FRAMES = 30;
    private static final int STEPS = 12;

    private DetectText() {}

    /** The groups, the largest first, and the foot. */
    static String of(Findings found, String from, Ansi ansi) {
        List<String> lines = new ArrayList<>();
        for (LeakedGroup group : found.groups()) {
            lines.add(ansi.string("@|bold " + threads(group.count(), group.kind()) + "|@, " + verdict(group)));
            lines.addAll(body(group));
            lines.add("");
        }
        lines.addAll(foot(found));
        lines.add("");
        lines.add(Printable.of(sum(found, from)));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** The groups that grew. */
    static String of(List<Growth> grown, int before, int after) {
        List<String> lines = new ArrayList<>();
        for (Growth growth : grown) {
            LeakedGroup group = growth.group();
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d more: %,d -> %,d %s",
                    growth.by(),
                    growth.before(),
                    group.count(),
                    group.kind() + (group.count() == 1 ? " thread" : " threads")));
            lines.addAll(body(group));
            lines.add("");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s grew; %,d leaked threads before, %,d after",
                grown.isEmpty() ? "no group" : grown.size() == 1 ? "1 group" : grown.size() + " groups",
                before,
                after));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String threads(int count, String kind) {
        return String.format(Locale.ROOT, "%,d %s %s", count, kind, count == 1 ? "thread" : "threads");
    }

    private static String verdict(LeakedGroup group) {
        boolean one = group.count() == 1;
        return group.verdict() == Verdict.CERTAIN
                ? "@|red certain|@: nothing alive can reach what " + (one ? "it waits" : "they wait") + " on, nor the "
                        + (one ? "thread" : "threads")
                : "@|yellow unless interrupted|@: nothing alive can reach what " + (one ? "it waits" : "they wait")
                        + " on, but somebody holds the " + (one ? "thread" : "threads");
    }

    private static List<String> body(LeakedGroup group) {
        List<String> lines = new ArrayList<>();
        if (group.blocker() != null) {
            lines.add("    waits on  " + Printable.of(group.blocker()));
        }
        lines.add((group.count() == 1 ? "    name      " : "    names     ") + names(group.names()));
        lines.add("    retains   " + bytes(group.retainedBytes()));
        List<String> way = group.heldBy();
        for (int i = 0; i < way.size(); i++) {
            if (way.size() > STEPS && i == STEPS / 2) {
                lines.add("              ... " + (way.size() - STEPS) + " more");
                i = way.size() - STEPS / 2;
            }
            lines.add((i == 0 ? "    held by   " : "              ") + Printable.of(way.get(i)));
        }
        group.stack().stream().limit(FRAMES).forEach(frame -> lines.add("    at " + Printable.of(frame.toString())));
        if (group.stack().size() > FRAMES) {
            lines.add("    ... " + (group.stack().size() - FRAMES) + " more");
        }
        return lines;
    }

    private static String names(List<String> names) {
        String first = names.stream()
                .limit(NAMES)
                .map(name -> name.isEmpty() ? "(unnamed)" : Printable.of(name))
                .distinct()
                .collect(Collectors.joining(", "));
        return first + (names.size() > NAMES ? String.format(Locale.ROOT, ", and %,d more", names.size() - NAMES) : "");
    }

    private static String bytes(long bytes) {
        if (bytes < 10_000) {
            return String.format(Locale.ROOT, "%,d bytes", bytes);
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%,d kB", bytes / 1000)
                : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
    }

    private static List<String> foot(Findings found) {
        Table table = new Table("THREADS", "PLATFORM", "VIRTUAL");
        TreeSet<String> states = new TreeSet<>();
        found.threads().keySet().forEach(key -> states.add(key.substring(key.indexOf(", ") + 2)));
        for (String state : states) {
            table.row(state, number(found, "platform, " + state), number(found, "virtual, " + state));
        }
        table.row("all", found.platform(), found.virtual());
        List<String> lines = new ArrayList<>(table.lines());
        for (Map.Entry<String, Integer> why : found.reasons().entrySet()) {
            lines.add(why.getValue() + " unknown: " + Printable.of(why.getKey()));
        }
        found.notes().forEach(note -> lines.add(Printable.of(note)));
        lines.add(
                "Never reported: threads that run, sleep or wait with a limit; whatever waits on what a static field or a "
                        + "running thread reaches.");
        return lines;
    }

    private static int number(Findings found, String key) {
        return found.threads().getOrDefault(key, 0);
    }

    private static String sum(Findings found, String from) {
        String jdk = found.jdk() == null ? "an unknown JDK" : "JDK " + found.jdk();
        if (found.cannotTell() != null) {
            return from + ", " + jdk + ": cannot tell";
        }
        int leaked = found.leaked().size();
        int groups = found.groups().size();
        return String.format(
                Locale.ROOT,
                "%s, %s: %s, %,d unknown, of %,d that wait without limit",
                from,
                jdk,
                leaked == 0
                        ? "no leaked thread"
                        : String.format(
                                Locale.ROOT,
                                "%,d leaked %s in %,d %s",
                                leaked,
                                leaked == 1 ? "thread" : "threads",
                                groups,
                                groups == 1 ? "group" : "groups"),
                found.unknown().size(),
                found.blocked());
    }
}
