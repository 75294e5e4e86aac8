package org.leaklab.bench.run;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/**
 * One line for the whole group, drawn anew with each row on a terminal, and gone at the end; elsewhere nothing. Rows
 * that fail are told in any case.
 */
final class GroupLine extends Progress {

    /** One less than the narrowest terminal has, for the cursor. */
    private static final int WIDTH = 79;

    private static final String FROM_THE_START = "\r";
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;

    GroupLine(PrintWriter out, boolean terminal, Plan plan, int before, LongSupplier clock) {
        super(plan, before, clock);
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    void head() {
        if (goesOn()) {
            out.println(summary());
            out.flush();
        }
    }

    @Override
    void begins(Row row) {
        if (terminal) {
            String line =
                    "%s %d/%d, %s left: %s".formatted(plan().group(), current(), all(), time(left()), shortLabel(row));
            out.print(FROM_THE_START + line.substring(0, Math.min(WIDTH, line.length())));
            out.flush();
        }
    }

    /** Without the group, which the line begins with. */
    private String shortLabel(Row row) {
        String label = row.label();
        String group = plan().group() + ".";
        return label.startsWith(group) ? label.substring(group.length()) : label;
    }

    @Override
    void ends(JsonNode result) {
        next();
        clear();
    }

    @Override
    void fails(Row row, String why, List<String> details) {
        next();
        clear();
        out.println(plan().group() + ": " + shortLabel(row) + " failed: " + why);
        out.flush();
    }

    private void clear() {
        if (terminal) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
