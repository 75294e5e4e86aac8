package org.leaklab.detect;

import java.util.Locale;
import org.leaklab.core.text.Printable;

/**
 * Thrown when a {@link LeakCheck} finds threads that were left behind. The message shows each group of them with the
 * {@linkplain StuckGroup#firstOwnFrame() line of the program} where they are, and with their stack.
 */
public final class LeakedThreadsError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final ThreadReport report;

    /** Creates an error for a report that is not empty. */
    public LeakedThreadsError(ThreadReport report) {
        super(message(report));
        this.report = report;
    }

    /** Returns the report with the threads. It is serialized with the error. */
    public ThreadReport report() {
        return report;
    }

    private static String message(ThreadReport report) {
        StringBuilder text = new StringBuilder()
                .append(report.count())
                .append(report.count() == 1 ? " thread was" : " threads were")
                .append(" left behind (")
                .append(Printable.of(report.scope()))
                .append("):");
        for (StuckGroup group : report.groups()) {
            text.append("\n  ")
                    .append(group.count())
                    .append(group.count() == 1 ? " thread named \"" : " threads such as \"")
                    .append(Printable.of(group.name()))
                    .append("\": ")
                    .append(group.kind().name().toLowerCase(Locale.ROOT))
                    .append(", ")
                    .append(ProfileText.state(group.state()));
            if (group.waitsOn() != null) {
                text.append(" on ").append(Printable.of(group.waitsOn()));
            }
            if (!group.creator().isEmpty()) {
                text.append(", started by ").append(Printable.of(group.creator()));
            }
            group.firstOwnFrame().ifPresent(frame -> text.append("\n      in ").append(Printable.of(frame.toString())));
            group.stack().forEach(frame -> text.append("\n      at ").append(Printable.of(frame.toString())));
        }
        report.notes().forEach(note -> text.append("\n  note: ").append(Printable.of(note)));
        return text.toString();
    }
}
