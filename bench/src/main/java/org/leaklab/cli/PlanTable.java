package org.leaklab.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Objects;
import org.leaklab.bench.run.Part;
import org.leaklab.bench.run.Plan;
import org.leaklab.bench.run.Row;
import org.leaklab.table.Table;

/** Prints what {@code bench} would run: every row, then how many there are and how long they take, by group. */
final class PlanTable {

    private PlanTable() {}

    static void print(List<Plan> plans, String preset, PrintWriter out) {
        Table table = new Table("GROUP", "ROWS", "FORKS", "ABOUT");
        int rows = 0;
        for (Plan plan : plans) {
            plan.rows().keySet().stream().map(Row::label).forEach(out::println);
            table.row(plan.group(), plan.rows().size(), forks(plan), time(List.of(plan)));
            rows += plan.rows().size();
        }
        out.println();
        table.lines().forEach(out::println);
        out.println();
        out.println(count(rows) + " with the preset " + preset + ", about " + time(plans));
        out.flush();
    }

    static String count(int rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    /** About how long plans take. */
    static String time(List<Plan> plans) {
        long seconds = plans.stream()
                .map(Plan::estimate)
                .reduce(Duration.ZERO, Duration::plus)
                .toSeconds();
        return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    }

    /** How many forks a row has, or the least and the most. */
    private static String forks(Plan plan) {
        IntSummaryStatistics forks = plan.rows().values().stream()
                .map(Part::forks)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .summaryStatistics();
        return forks.getMin() == forks.getMax() ? "" + forks.getMin() : forks.getMin() + " to " + forks.getMax();
    }
}
