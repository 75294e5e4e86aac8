package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.leaklab.core.text.Printable;

/**
 * Writes a profile as text: in the forms of Go's {@code debug=1} and {@code debug=2}, or as collapsed stacks. Control
 * characters in names are escaped as in Java's sources, so that a name cannot add lines or act on a terminal.
 */
public final class ProfileText {

    private ProfileText() {}

    /**
     * Returns the groups with their counts and stacks, the largest group first, as Go does for {@code debug=1}. A line
     * with {@code in} before the stack names its {@linkplain StuckGroup#firstOwnFrame() first frame} of the program.
     */
    public static String groups(ThreadProfile profile) {
        StringBuilder text = new StringBuilder();
        text.append(Printable.of(profile.name()))
                .append(" profile: total ")
                .append(profile.threads().size())
                .append('\n');
        for (StuckGroup group : profile.groups()) {
            text.append(group.count()).append(" @ ").append(describe(group)).append('\n');
            group.firstOwnFrame().ifPresent(frame -> frame(text.append("#\tin "), frame));
            for (StackTraceElement frame : group.stack()) {
                frame(text.append("#\t"), frame);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void frame(StringBuilder text, StackTraceElement frame) {
        text.append(Printable.of(function(frame)))
                .append('\t')
                .append(Printable.of(file(frame)))
                .append(':')
                .append(Math.max(0, frame.getLineNumber()))
                .append('\n');
    }

    /**
     * Returns each thread with its stack, as Go does for {@code debug=2}. A line with {@code in} before the stack names
     * its {@linkplain ThreadSnapshot#firstOwnFrame() first frame} of the program.
     */
    public static String threads(ThreadProfile profile) {
        StringBuilder text = new StringBuilder();
        for (ThreadSnapshot thread : profile.threads()) {
            text.append("thread ")
                    .append(thread.threadId())
                    .append(" \"")
                    .append(Printable.of(thread.name()))
                    .append("\" [")
                    .append(state(thread.state()));
            if (thread.waitsOn() != null) {
                text.append(" on ").append(Printable.of(thread.waitsOn()));
            }
            text.append(", ").append(word(thread));
            if (thread.age() != null && thread.age().toMinutes() > 0) {
                text.append(", ").append(thread.age().toMinutes()).append(" minutes");
            }
            text.append("]:\n");
            thread.firstOwnFrame()
                    .ifPresent(frame -> text.append("\tin ")
                            .append(Printable.of(frame.toString()))
                            .append('\n'));
            for (StackTraceElement frame : thread.stack()) {
                text.append("\tat ").append(Printable.of(frame.toString())).append('\n');
            }
            if (!thread.creator().isEmpty()) {
                text.append("created by ")
                        .append(Printable.of(thread.creator()))
                        .append('\n');
            }
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * Returns the collapsed stacks that flame graph tools read. Each line has the kind of thread, the frames from the
     * outermost to the innermost, and the number of threads with this stack.
     */
    public static String collapsed(ThreadProfile profile) {
        TreeMap<String, Integer> lines = new TreeMap<>();
        for (ThreadSnapshot thread : profile.threads()) {
            List<StackTraceElement> stack = thread.stack();
            StringBuilder line = new StringBuilder(word(thread));
            for (int i = stack.size() - 1; i >= 0; i--) {
                line.append(';').append(Printable.of(function(stack.get(i))));
            }
            lines.merge(line.toString(), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (line, count) -> text.append(line).append(' ').append(count).append('\n'));
        return text.toString();
    }

    private static String describe(StuckGroup group) {
        StringBuilder text = new StringBuilder();
        text.append(group.kind().name().toLowerCase(Locale.ROOT)).append(", ").append(state(group.state()));
        if (group.waitsOn() != null) {
            text.append(" on ").append(Printable.of(group.waitsOn()));
        }
        if (!group.creator().isEmpty()) {
            text.append(", created by ").append(Printable.of(group.creator()));
        }
        Duration oldest = group.oldest();
        if (oldest != null) {
            text.append(", for up to ").append(oldest.toSeconds()).append(" s");
        }
        return text.toString();
    }

    private static String word(ThreadSnapshot thread) {
        return thread.kind().name().toLowerCase(Locale.ROOT);
    }

    static String state(Thread.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String function(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    /** The file as a path of its package, as a source tree has it. */
    static String file(StackTraceElement frame) {
        String file = frame.getFileName();
        if (file == null) {
            return "unknown";
        }
        String type = frame.getClassName();
        int end = type.lastIndexOf('.');
        return end < 0 ? file : type.substring(0, end).replace('.', '/') + "/" + file;
    }
}
