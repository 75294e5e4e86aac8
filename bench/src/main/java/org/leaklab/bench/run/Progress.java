package org.leaklab.bench.run;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Says how far a run is: {@link RowLines} in a line a fork of a row, {@link GroupLine} in a line that is drawn anew.
 */
abstract class Progress {

    private final Plan plan;
    private final LongSupplier clock;
    private final int before;
    private final long start;
    private int ended;

    /**
     * @param before how many forks of the plan an earlier run has measured
     * @param clock nanoseconds
     */
    Progress(Plan plan, int before, LongSupplier clock) {
        this.plan = plan;
        this.before = before;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /** What is said as a screen wants it. */
    static Progress on(Screen screen, Plan plan, int before, LongSupplier clock) {
        return switch (screen.lines()) {
            case ROWS -> new RowLines(screen.out(), plan, before, clock);
            case ONE_DRAWN_ANEW -> new GroupLine(screen.out(), true, plan, before, clock);
            case NONE -> new GroupLine(screen.out(), false, plan, before, clock);
        };
    }

    /** Before all. */
    abstract void head();

    /** A fork of a row begins. */
    abstract void begins(Row row);

    /** It has ended. */
    abstract void ends(JsonNode result);

    /** It has failed. */
    abstract void fails(Row row, String why, List<String> details);

    final Plan plan() {
        return plan;
    }

    /** What is said before all: how many rows there are, and how long they take. */
    final String summary() {
        Duration estimate = plan.estimate().multipliedBy(all() - before).dividedBy(Math.max(1, all()));
        int rows = plan.rows().size();
        String forks = all() == rows ? "" : " in " + all() + " forks";
        String rest = before == 0 ? "" : ", " + before + " of them measured before";
        return plan.group() + ": " + rows + (rows == 1 ? " row" : " rows") + forks + " with the preset " + plan.preset()
                + rest + ", about " + time(estimate);
    }

    /** Whether an earlier run has measured some. */
    final boolean goesOn() {
        return before > 0;
    }

    /** How many forks the whole plan has. */
    final int all() {
        return plan.forks();
    }

    /** The number of the fork that is measured now, from 1 on. */
    final int current() {
        return before + ended + 1;
    }

    final void next() {
        ended++;
    }

    /** As if the forks that are left took as long as those that ended, or as the preset says before the first has. */
    final Duration left() {
        int left = all() - before - ended;
        return ended == 0
                ? plan.estimate().multipliedBy(left).dividedBy(Math.max(1, all()))
                : Duration.ofNanos((clock.getAsLong() - start) / ended * left);
    }

    /** Minutes and seconds, with hours where there are some. */
    static String time(Duration time) {
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
