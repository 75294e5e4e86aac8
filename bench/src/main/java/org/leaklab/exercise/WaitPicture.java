package org.leaklab.exercise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.exercise.trial.SeenThread;

/**
 * Draws who waits for whom: one thread a line with the place in the learner's file, an arrow to what it waits for, and
 * who holds that. Threads that form a circle are named below.
 */
final class WaitPicture {

    private static final int ROWS = 8;

    private WaitPicture() {}

    static List<String> of(List<SeenThread> threads) {
        List<String> lines = new ArrayList<>();
        List<List<SeenThread>> rows = List.copyOf(TrialWords.alike(threads).values());
        int width = rows.stream().mapToInt(row -> name(row).length()).max().orElse(0);
        for (List<SeenThread> row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            lines.add(line(row, width));
        }
        if (rows.size() > ROWS) {
            lines.add("... " + (rows.size() - ROWS) + " more");
        }
        circle(threads).ifPresent(circle -> {
            lines.add("");
            lines.add("A circle: " + String.join(" --> ", circle) + " --> " + circle.getFirst());
        });
        return lines;
    }

    private static String name(List<SeenThread> row) {
        String name = Printable.of(row.getFirst().name());
        return row.size() == 1 ? name : name + " x" + row.size();
    }

    private static String line(List<SeenThread> row, int width) {
        SeenThread thread = row.getFirst();
        StringBuilder line = new StringBuilder(name(row));
        line.append(" ".repeat(width - line.length() + 2)).append(thread.does());
        if (!thread.at().isEmpty()) {
            line.append(" at ").append(thread.at());
        }
        String target = thread.target();
        String holder = thread.heldBy();
        if (target != null) {
            line.append("  --> ").append(Printable.of(target));
        }
        if (holder != null && (target == null || !target.startsWith("the end of "))) {
            line.append(target == null ? "  --> " : ", ")
                    .append(target != null && target.startsWith("FutureTask") ? "run by " : "held by ")
                    .append(Printable.of(holder));
        }
        return line.toString();
    }

    /** The names of threads each of which waits for the next, the last for the first. */
    private static Optional<List<String>> circle(List<SeenThread> threads) {
        for (SeenThread start : threads) {
            Set<String> way = new LinkedHashSet<>();
            String at = start.name();
            while (at != null && way.add(at)) {
                at = next(threads, at);
            }
            if (at != null && at.equals(start.name())) {
                return Optional.of(way.stream().map(Printable::of).toList());
            }
        }
        return Optional.empty();
    }

    private static @Nullable String next(List<SeenThread> threads, String name) {
        List<SeenThread> named =
                threads.stream().filter(thread -> thread.name().equals(name)).toList();
        return named.size() == 1 ? named.getFirst().heldBy() : null; // a name that two have says nothing
    }
}
