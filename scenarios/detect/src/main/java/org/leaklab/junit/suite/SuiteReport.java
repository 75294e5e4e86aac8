package org.leaklab.junit.suite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.ThreadSnapshot;

/**
 * What a suite left behind.
 *
 * @param left the threads, those that are known too
 * @param blind why nothing can be said of virtual threads that no launcher started, and what to do about it; null if
 *     all threads were seen
 * @param broken why the check could not be made, or not to its end; null if it was
 * @param notes what else was not seen, and why
 */
record SuiteReport(
        List<LeftThread> left,
        @Nullable String blind,
        @Nullable String broken,
        List<String> notes) {

    /** What is printed at most; the report in JSON has all. */
    private static final int MOST_GROUPS = 10;

    private static final int MOST_STARTERS = 5;
    private static final int MOST_FRAMES = 20;

    SuiteReport {
        left = List.copyOf(left);
        notes = List.copyOf(notes);
    }

    /** Of a check that could not be made. */
    static SuiteReport failed(String why) {
        return new SuiteReport(List.of(), null, why, List.of());
    }

    /** The same, of a check that could not be made to its end. */
    SuiteReport butBroken(String why) {
        return new SuiteReport(left, blind, broken == null ? why : broken + "; " + why, notes);
    }

    /** The same, with more notes. */
    SuiteReport noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new SuiteReport(left, blind, broken, all);
    }

    /** The threads that are not known. */
    List<LeftThread> news() {
        return left.stream().filter(each -> !each.known()).toList();
    }

    /** Whether a suite that must leave no thread behind fails. */
    boolean fails() {
        return !news().isEmpty() || blind != null || broken != null;
    }

    private record Likeness(
            Object kind,
            Object state,
            @Nullable String waitsOn,
            List<StackTraceElement> stack,
            LeftThread.Verdict verdict,
            TestsSeen.@Nullable Starter starter) {}

    /** Says everything, in lines. */
    String text() {
        StringBuilder text = new StringBuilder();
        List<LeftThread> news = news();
        if (!news.isEmpty()) {
            text.append(threads(news.size())).append(" still live when the last test had ended:");
            appendLargest(text, groups(news, false));
        } else if (!fails()) {
            text.append(
                    left.isEmpty() ? "no test left a thread behind" : "no test left a thread behind that is not known");
        }
        if (blind != null) {
            text.append(text.isEmpty() ? "" : "\n  note: ").append(blind);
        }
        if (broken != null) {
            text.append(text.isEmpty() ? "" : "\n  note: ").append(broken);
        }
        int known = left.size() - news.size();
        if (known > 0) {
            text.append("\n  note: ").append(threads(known)).append(" still live that the file of known leaks has");
        }
        notes.forEach(note -> text.append("\n  note: ").append(Printable.of(note)));
        return text.toString();
    }

    private static String threads(int count) {
        return count + (count == 1 ? " thread was" : " threads were");
    }

    private static void appendLargest(StringBuilder text, List<List<LeftThread>> groups) {
        List<List<LeftThread>> largest = groups.stream()
                .sorted(Comparator.comparing(List<LeftThread>::size).reversed())
                .limit(MOST_GROUPS)
                .toList();
        largest.forEach(group -> append(text, group));
        int more = groups.size() - largest.size();
        if (more > 0) {
            int threads = groups.stream().mapToInt(List::size).sum()
                    - largest.stream().mapToInt(List::size).sum();
            text.append("\n  and ")
                    .append(threads)
                    .append(" more in ")
                    .append(more)
                    .append(more == 1 ? " group" : " groups")
                    .append(", which are all in the file of leaklab.report=FILE");
        }
    }

    private static List<List<LeftThread>> groups(List<LeftThread> threads, boolean byStarter) {
        Map<Likeness, List<LeftThread>> alike = new LinkedHashMap<>();
        for (LeftThread each : threads) {
            ThreadSnapshot look = each.look();
            Likeness likeness = new Likeness(
                    look.kind(),
                    look.state(),
                    look.waitsOn(),
                    look.stack(),
                    each.verdict(),
                    byStarter ? each.starter() : null);
            alike.computeIfAbsent(likeness, ignored -> new ArrayList<>()).add(each);
        }
        return List.copyOf(alike.values());
    }

    private static void append(StringBuilder text, List<LeftThread> group) {
        LeftThread first = group.getFirst();
        ThreadSnapshot look = first.look();
        text.append("\n  ")
                .append(named(group))
                .append(": ")
                .append(look.kind().name().toLowerCase(Locale.ROOT))
                .append(", ")
                .append(state(look));
        if (look.waitsOn() != null) {
            text.append(" on ").append(Printable.of(look.waitsOn()));
        }
        List<String> starters =
                group.stream().map(each -> each.starter().words()).distinct().toList();
        starters.stream()
                .limit(MOST_STARTERS)
                .forEach(words -> text.append("\n      ").append(Printable.of(words)));
        if (starters.size() > MOST_STARTERS) {
            text.append("\n      and ")
                    .append(starters.size() - MOST_STARTERS)
                    .append(" more of such lines, which are all in the file of leaklab.report=FILE");
        }
        text.append("\n      ").append(first.verdict().words());
        look.firstOwnFrame().ifPresent(frame -> text.append("\n      in ").append(Printable.of(frame.toString())));
        look.stack().stream()
                .limit(MOST_FRAMES)
                .forEach(frame -> text.append("\n      at ").append(Printable.of(frame.toString())));
        if (look.stack().size() > MOST_FRAMES) {
            text.append("\n      and ")
                    .append(look.stack().size() - MOST_FRAMES)
                    .append(" more frames");
        }
    }

    private static String named(List<LeftThread> group) {
        return group.size() + (group.size() == 1 ? " thread named \"" : " threads such as \"")
                + Printable.of(group.getFirst().look().name()) + "\"";
    }

    /** Says it of each group of threads that are alike, those that are known too, on one line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        groups(left, true).forEach(group -> {
            LeftThread first = group.getFirst();
            lines.add(Printable.of(named(group) + kind(first) + ", "
                    + first.starter().words() + ": " + verdict(first) + (first.known() ? "; known" : "")));
        });
        return lines;
    }

    /** Says it of one thread, on one line. */
    static String line(LeftThread thread) {
        return Printable.of("thread \"" + thread.look().name() + "\"" + kind(thread) + " " + verdict(thread));
    }

    private static String kind(LeftThread thread) {
        return " (" + thread.look().kind().name().toLowerCase(Locale.ROOT) + ", " + state(thread.look()) + ")";
    }

    private static String verdict(LeftThread thread) {
        return thread.verdict().words()
                + thread.look().firstOwnFrame().map(frame -> "; in " + frame).orElse("");
    }

    static String state(ThreadSnapshot look) {
        return look.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
