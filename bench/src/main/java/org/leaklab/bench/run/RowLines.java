package org.leaklab.bench.run;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/** One line a fork of a row, begun when the fork begins and ended, with its figure, when it ends. */
final class RowLines extends Progress {

    private static final String INDENT = "        ";

    private final PrintWriter out;
    private final int width;

    RowLines(PrintWriter out, Plan plan, int before, LongSupplier clock) {
        super(plan, before, clock);
        this.out = out;
        this.width = plan.rows().keySet().stream()
                .mapToInt(row -> row.label().length())
                .max()
                .orElse(0);
    }

    @Override
    void head() {
        out.println(summary());
        out.flush();
    }

    @Override
    void begins(Row row) {
        int digits = String.valueOf(all()).length();
        out.printf(Locale.ROOT, "[%" + digits + "d/%d]  %-" + width + "s … ", current(), all(), row.label());
        out.flush();
    }

    @Override
    void ends(JsonNode result) {
        next();
        out.printf(Locale.ROOT, "%32s   %s left%n", RowFigure.of(result), time(left()));
        out.flush();
    }

    @Override
    void fails(Row row, String why, List<String> details) {
        next();
        out.printf(Locale.ROOT, "failed: %s   %s left%n", why, time(left()));
        details.forEach(line -> out.println(INDENT + line));
        out.flush();
    }
}
