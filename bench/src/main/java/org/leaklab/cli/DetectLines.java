package org.leaklab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.ThreadName;

/** Indented lines about threads that look the same: a word of ten columns at most, then what it says. */
final class DetectLines {

    /** How many threads are named. */
    static final int NAMES = 5;

    private static final int FRAMES = 30;
    private static final int STEPS = 12;
    private static final int COLUMNS = 150;
    private static final String HELD_BY = "    held by   ";
    private static final String BLANK = " ".repeat(HELD_BY.length());

    private DetectLines() {}

    static String threads(int count, boolean virtual) {
        return String.format(
                Locale.ROOT, "%,d %s %s", count, virtual ? "virtual" : "platform", count == 1 ? "thread" : "threads");
    }

    /**
     * Returns what is known of a group of leaked threads.
     *
     * @param owners those that would have to go on first; null stands for one that has ended
     */
    static List<String> leaked(LeakedGroup group, List<@Nullable ThreadName> owners) {
        List<String> lines = new ArrayList<>();
        if (group.blocker() != null) {
            lines.add("    waits on  " + Printable.of(group.blocker()));
        }
        if (!owners.isEmpty()) {
            lines.add((owners.size() == 1 ? "    owner     " : "    owners    ")
                    + list(owners.stream().map(DetectLines::owner), owners.size()));
        }
        lines.add((group.count() == 1 ? "    name      " : "    names     ")
                + list(
                        group.names().stream().map(name -> name.isEmpty() ? "(unnamed)" : Printable.of(name)),
                        group.names().size()));
        if (group.retainedBytes() >= 0) {
            lines.add("    retains   " + bytes(group.retainedBytes()));
        }
        lines.addAll(heldBy(group.heldBy()));
        lines.addAll(frames(group.stack()));
        return lines;
    }

    private static String owner(@Nullable ThreadName owner) {
        return owner == null ? "a thread that has ended" : name(owner);
    }

    /** Returns the name of a thread and its number, which a thread dump has too. */
    static String name(ThreadName thread) {
        String name = thread.name().isEmpty() ? "(unnamed)" : Printable.of(thread.name());
        return thread.id() == 0 ? name : name + " #" + thread.id();
    }

    static String names(List<ThreadName> threads) {
        return (threads.size() == 1 ? "    name      " : "    names     ")
                + list(threads.stream().map(DetectLines::name), threads.size());
    }

    private static String list(Stream<String> names, int all) {
        String first = names.limit(NAMES).distinct().collect(Collectors.joining(", "));
        return first + (all > NAMES ? String.format(Locale.ROOT, ", and %,d more", all - NAMES) : "");
    }

    private static String bytes(long bytes) {
        if (bytes < 10_000) {
            return String.format(Locale.ROOT, "%,d bytes", bytes);
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%,d kB", bytes / 1000)
                : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
    }

    /** Returns the way from a root: on one line if it fits, else a step a line. */
    static List<String> heldBy(List<String> way) {
        List<String> steps = way.stream().map(Printable::of).toList();
        String one = HELD_BY + String.join(" → ", steps).replace(": → ", ": ");
        if (steps.isEmpty() || one.length() <= COLUMNS) {
            return steps.isEmpty() ? List.of() : List.of(one);
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.size() > STEPS && i == STEPS / 2) {
                lines.add(BLANK + "... " + (steps.size() - STEPS) + " more");
                i = steps.size() - STEPS / 2;
            }
            lines.add((i == 0 ? HELD_BY : BLANK) + steps.get(i));
        }
        return lines;
    }

    static List<String> frames(List<StackTraceElement> stack) {
        List<String> lines = new ArrayList<>();
        stack.stream().limit(FRAMES).forEach(frame -> lines.add("    at " + Printable.of(frame.toString())));
        if (stack.size() > FRAMES) {
            lines.add("    ... " + (stack.size() - FRAMES) + " more");
        }
        return lines;
    }

    /** Returns the first frame that is not code of the JDK, or the innermost one; nothing if there are none. */
    static List<String> place(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> !frame.getClassName().matches("(?s)(java|javax|jdk|sun|com\\.sun)\\..*"))
                .findFirst()
                .or(() -> stack.stream().findFirst())
                .map(frame -> List.of("    at        " + Printable.of(frame.toString())))
                .orElse(List.of());
    }
}
