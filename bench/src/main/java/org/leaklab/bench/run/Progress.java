package org.leaklab.bench.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/** Says how far a run is: one line a fork of a row, begun when the fork begins and ended when it ends. */
final class Progress {

    private static final String INDENT = "        ";

    private final PrintWriter out;
    private final Plan plan;
    private final LongSupplier clock;
    private final int all;
    private final int before;
    private final int width;
    private final long start;
    private int ended;

    /**
     * @param before how many forks of the plan an earlier run has measured
     * @param clock nanoseconds
     */
    Progress(PrintWriter out, Plan plan, int before, LongSupplier clock) {
        this.out = out;
        this.plan = plan;
        this.clock = clock;
        this.all = plan.forks();
        this.before = before;
        this.width = plan.rows().keySet().stream()
                .mapToInt(row -> row.label().length())
                .max()
                .orElse(0);
        this.start = clock.getAsLong();
    }

    /** Says what comes. */
    void head() {
        Duration estimate = plan.estimate().multipliedBy(all - before).dividedBy(Math.max(1, all));
        int rows = plan.rows().size();
        String forks = all == rows ? "" : " in " + all + " forks";
        String rest = before == 0 ? "" : ", " + before + " of them measured before";
        out.println(plan.group() + ": " + rows + (rows == 1 ? " row" : " rows") + forks + " with the preset "
                + plan.preset() + rest + ", about " + time(estimate));
        out.flush();
    }

    void begins(Row row) {
        int digits = String.valueOf(all).length();
        out.printf(Locale.ROOT, "[%" + digits + "d/%d]  %-" + width + "s … ", before + ended + 1, all, row.label());
        out.flush();
    }

    void ends(JsonNode result) {
        ended++;
        out.printf(Locale.ROOT, "%32s   %s left%n", score(result), time(left()));
        out.flush();
    }

    void fails(String why, List<String> details) {
        ended++;
        out.printf(Locale.ROOT, "failed: %s   %s left%n", why, time(left()));
        details.forEach(line -> out.println(INDENT + line));
        out.flush();
    }

    /** As if the forks that are left took as long as those that ended. */
    private Duration left() {
        return Duration.ofNanos((clock.getAsLong() - start) / ended * (all - before - ended));
    }

    private static String score(JsonNode result) {
        JsonNode metric = result.path("primaryMetric");
        JsonNode score = metric.path("score");
        double size = Math.abs(score.asDouble(0));
        String format = size == 0 || size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.01 ? "%.3f" : "%.1e";
        return number(format, score) + " ± " + number(format, metric.path("scoreError")) + " "
                + metric.path("scoreUnit").asString("");
    }

    /** JMH writes what is not finite as a word. */
    private static String number(String format, JsonNode node) {
        return node.isNumber() ? String.format(Locale.ROOT, format, node.asDouble()) : "?";
    }

    /** Minutes and seconds, with hours where there are some. */
    static String time(Duration time) {
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
