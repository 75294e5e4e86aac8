package org.leaklab.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.SuspectThread;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.Findings.WaitingGroup;
import org.leaklab.heapdump.Growth;
import org.leaklab.table.Table;
import picocli.CommandLine.Help.Ansi;

/**
 * What {@code detect} prints for people: what is proven first, then what is only suspected, then who waits for what,
 * then who cannot be judged, and one line that sums up.
 */
final class DetectText {

    /** How many circles, waiting groups and unknown threads are shown unless all are asked for. */
    private static final int FEW = 5;

    private final Findings found;
    private final Ansi ansi;
    private final boolean why;
    private final List<String> lines = new ArrayList<>();

    private DetectText(Findings found, Ansi ansi, boolean why) {
        this.found = found;
        this.ansi = ansi;
        this.why = why;
    }

    /**
     * Returns all lists, each with its headline.
     *
     * @param from the process or the file
     * @param why whether to show all that waits and all that is unknown, with stacks, and not only the first few
     */
    static String of(Findings found, String from, Ansi ansi, boolean why) {
        return of(found, from, ansi, why, 0);
    }

    /**
     * Returns the same where leaks are known.
     *
     * @param found what is found, without the leaked threads that are known
     * @param known how many these are
     */
    static String of(Findings found, String from, Ansi ansi, boolean why, int known) {
        DetectText text = new DetectText(found, ansi, why);
        text.leaked();
        text.circles();
        text.suspects();
        text.waiting();
        text.unknown();
        text.foot();
        text.lines.add("");
        text.lines.add(Printable.of(sum(found, from, known)));
        return joined(text.lines);
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
            lines.addAll(DetectLines.leaked(group, List.of()));
            lines.add("");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s grew; %,d leaked threads before, %,d after",
                grown.isEmpty() ? "no group" : grown.size() == 1 ? "1 group" : grown.size() + " groups",
                before,
                after));
        return joined(lines);
    }

    private static String joined(List<String> lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private void leaked() {
        Map<Likeness, List<@Nullable ThreadName>> owners = owners();
        for (LeakedGroup group : found.groups()) {
            lines.add(ansi.string("@|bold " + DetectLines.threads(group.count(), group.virtual()) + "|@, "
                    + group.cause() + ", " + LeakedWords.verdict(group.verdict())));
            lines.add("    " + LeakedWords.meaning(group));
            lines.addAll(DetectLines.leaked(group, owners.getOrDefault(Likeness.of(group), List.of())));
            lines.add("");
        }
    }

    /** What leaked threads of one group have in common. */
    private record Likeness(
            boolean virtual,
            Cause cause,
            Findings.Verdict verdict,
            @Nullable String blocker,
            List<StackTraceElement> stack) {

        static Likeness of(LeakedGroup group) {
            return new Likeness(group.virtual(), group.cause(), group.verdict(), group.blocker(), group.stack());
        }

        static Likeness of(LeakedThread thread) {
            return new Likeness(thread.virtual(), thread.cause(), thread.verdict(), thread.blocker(), thread.stack());
        }
    }

    /** The owners for which the threads of a group wait, each once; null stands for one that has ended. */
    private Map<Likeness, List<@Nullable ThreadName>> owners() {
        Map<Likeness, List<@Nullable ThreadName>> owners = new LinkedHashMap<>();
        for (LeakedThread thread : found.leaked()) {
            if (thread.cause() != Cause.UNREACHABLE) {
                List<@Nullable ThreadName> of =
                        owners.computeIfAbsent(Likeness.of(thread), ignored -> new ArrayList<>());
                if (of.size() <= DetectLines.NAMES && !of.contains(thread.owner())) {
                    of.add(thread.owner());
                }
            }
        }
        return owners;
    }

    private void circles() {
        List<Findings.Circle> circles = found.circles();
        int shown = shown(circles.size());
        for (Findings.Circle circle : circles.subList(0, shown)) {
            List<String> picture = CirclePicture.of(circle);
            lines.add(ansi.string("@|bold CIRCLE|@") + picture.getFirst());
            lines.addAll(picture.subList(1, picture.size()));
            lines.add("");
        }
        more(circles.size() - shown, "circle", "circles");
    }

    private void suspects() {
        if (found.suspects().isEmpty()) {
            return;
        }
        headline("SUSPECTS", found.suspects().size(), "may be stuck. This is no proof.");
        record Like(boolean virtual, Findings.Reason reason, String because, List<StackTraceElement> stack) {}
        Map<Like, List<ThreadName>> alike = new LinkedHashMap<>();
        for (SuspectThread thread : found.suspects()) {
            alike.computeIfAbsent(
                            new Like(thread.virtual(), thread.reason(), thread.because(), thread.stack()),
                            ignored -> new ArrayList<>())
                    .add(new ThreadName(thread.id(), thread.name()));
        }
        alike.forEach((like, threads) -> {
            lines.add(ansi.string("@|bold " + DetectLines.threads(threads.size(), like.virtual()) + "|@, @|yellow "
                    + like.reason() + "|@"));
            lines.add("    because   " + Printable.of(like.because()));
            lines.add(DetectLines.names(threads));
            lines.addAll(DetectLines.frames(like.stack()));
            lines.add("");
        });
    }

    private void waiting() {
        List<WaitingGroup> groups = found.waiting();
        if (groups.isEmpty()) {
            return;
        }
        headline(
                "WAITING",
                groups.stream().mapToInt(group -> group.threads().size()).sum(),
                "without limit for what may still happen.");
        int shown = shown(groups.size());
        for (WaitingGroup group : groups.subList(0, shown)) {
            lines.add(
                    ansi.string("@|bold " + DetectLines.threads(group.threads().size(), group.virtual()) + "|@"));
            if (group.blocker() != null) {
                lines.add("    waits on  " + Printable.of(group.blocker()));
            }
            lines.add(DetectLines.names(group.threads()));
            lines.addAll(DetectLines.heldBy(group.heldBy()));
            lines.addAll(why ? DetectLines.frames(group.stack()) : DetectLines.place(group.stack()));
            lines.add("");
        }
        more(groups.size() - shown, "group", "groups");
    }

    private void unknown() {
        List<UnknownThread> unknown = found.unknown();
        if (unknown.isEmpty()) {
            return;
        }
        headline("UNKNOWN", unknown.size(), "cannot be judged. They count as alive.");
        record Same(boolean virtual, String why, List<StackTraceElement> stack, long id) {}
        Map<Same, List<ThreadName>> groups = new LinkedHashMap<>();
        for (UnknownThread thread : unknown) { // with --why each has its place
            groups.computeIfAbsent(
                            new Same(thread.virtual(), thread.why(), thread.stack(), why ? thread.id() : 0),
                            ignored -> new ArrayList<>())
                    .add(new ThreadName(thread.id(), thread.name()));
        }
        int shown = shown(groups.size());
        groups.entrySet().stream().limit(shown).forEach(entry -> {
            Same same = entry.getKey();
            lines.add(
                    ansi.string("@|bold " + DetectLines.threads(entry.getValue().size(), same.virtual()) + "|@"));
            lines.add("    because   " + Printable.of(same.why()));
            lines.add(DetectLines.names(entry.getValue()));
            lines.addAll(why ? DetectLines.frames(same.stack()) : DetectLines.place(same.stack()));
            lines.add("");
        });
        if (shown < groups.size()) {
            found.reasons().forEach((reason, count) -> lines.add(count + " unknown: " + Printable.of(reason)));
            more(groups.size() - shown, "group of unknown threads", "groups of unknown threads");
        }
    }

    private void headline(String list, int count, String what) {
        lines.add(ansi.string("@|bold " + list + "|@")
                + String.format(Locale.ROOT, ": %,d %s ", count, count == 1 ? "thread" : "threads")
                + (list.equals("WAITING") ? count == 1 ? "waits " : "wait " : "")
                + what);
        lines.add("");
    }

    private int shown(int all) {
        return why ? all : Math.min(all, FEW);
    }

    private void more(int left, String one, String several) {
        if (left > 0) {
            lines.add(String.format(
                    Locale.ROOT, "... and %,d more %s: --why shows all", left, left == 1 ? one : several));
            lines.add("");
        }
    }

    private void foot() {
        Table table = new Table("THREADS", "PLATFORM", "VIRTUAL");
        TreeSet<String> states = new TreeSet<>();
        found.threads().keySet().forEach(key -> states.add(key.substring(key.indexOf(", ") + 2)));
        for (String state : states) {
            table.row(state, number("platform, " + state), number("virtual, " + state));
        }
        table.row("all", found.platform(), found.virtual());
        lines.addAll(table.lines());
        found.notes().forEach(note -> lines.add(Printable.of(note)));
        lines.add("Never leaked: threads that run, sleep or wait with a limit, or that something alive could wake.");
    }

    private int number(String key) {
        return found.threads().getOrDefault(key, 0);
    }

    private static String sum(Findings found, String from, int known) {
        String jdk = found.jdk() == null ? "an unknown JDK" : "JDK " + found.jdk();
        if (found.cannotTell() != null) {
            return from + ", " + jdk + ": cannot tell";
        }
        int leaked = found.leaked().size();
        int groups = found.groups().size();
        String besides = known == 0 ? "" : String.format(Locale.ROOT, " besides %,d known", known);
        return String.format(
                Locale.ROOT,
                "%s, %s: %s%s, %,d %s, %,d unknown; %,d wait without limit",
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
                besides,
                found.suspects().size(),
                found.suspects().size() == 1 ? "suspect" : "suspects",
                found.unknown().size(),
                found.blocked());
    }
}
