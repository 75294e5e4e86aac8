package org.leaklab.detect;

import java.util.Locale;

/** Threads were left behind; the message shows each group of them. */
public final class LeakedThreadsError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient ThreadReport report;

    /** An error for a report that is not empty. */
    public LeakedThreadsError(ThreadReport report) {
        super(message(report));
        this.report = report;
    }

    /** What was found. */
    public ThreadReport report() {
        return report;
    }

    private static String message(ThreadReport report) {
        StringBuilder text = new StringBuilder()
                .append(report.count())
                .append(report.count() == 1 ? " thread" : " threads")
                .append(" left behind (")
                .append(report.scope())
                .append("):");
        for (StuckGroup group : report.groups()) {
            text.append("\n  ")
                    .append(group.count())
                    .append(group.count() == 1 ? " named \"" : " like \"")
                    .append(group.name())
                    .append("\": ")
                    .append(group.kind().name().toLowerCase(Locale.ROOT))
                    .append(", ")
                    .append(ProfileText.state(group.state()));
            if (group.waitsOn() != null) {
                text.append(" on ").append(group.waitsOn());
            }
            if (!group.creator().isEmpty()) {
                text.append(", started by ").append(group.creator());
            }
            group.stack().forEach(frame -> text.append("\n      at ").append(frame));
        }
        report.notes().forEach(note -> text.append("\n  note: ").append(note));
        return text.toString();
    }
}
