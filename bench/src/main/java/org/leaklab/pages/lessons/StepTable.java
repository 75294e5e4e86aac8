package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.List;
import org.leaklab.core.text.Printable;
import org.leaklab.timeline.Timeline;
import org.leaklab.timeline.Timeline.Lane;
import org.leaklab.timeline.Timeline.Step;
import org.leaklab.timeline.Timeline.What;

/**
 * A recorded run as a table: a column a thread, a row a step, and at the end how each thread was.
 *
 * @param where which JDK and kind of thread it was recorded on, in words
 * @param ends how each thread was at the end
 */
public record StepTable(String where, List<String> threads, List<Row> rows, List<Cell> ends) {

    /** A step: a cell for each thread. */
    public record Row(List<Cell> cells) {}

    /**
     * What a thread does in a row.
     *
     * @param inside whether it is inside a call that it came back from later, or never
     * @param says what it does, in words; empty where another thread does something
     * @param code what it calls; may be empty
     * @param line where in the source; 0 if that is not known
     */
    public record Cell(boolean inside, String says, String code, int line) {}

    /** Copies the lists. */
    public StepTable {
        threads = List.copyOf(threads);
        rows = List.copyOf(rows);
        ends = List.copyOf(ends);
    }

    static StepTable of(Timeline timeline) {
        int lanes = timeline.lanes().size();
        int[] inside = new int[lanes];
        List<Row> rows = new ArrayList<>();
        for (Step step : timeline.steps()) {
            inside[step.lane()] += step.what() == What.GOES_INTO ? 1 : 0;
            List<Cell> cells = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                cells.add(lane == step.lane() ? cell(step, inside[lane] > 0) : new Cell(inside[lane] > 0, "", "", 0));
            }
            rows.add(new Row(cells));
            switch (step.what()) {
                case COMES_BACK, THREW -> inside[step.lane()]--;
                case ENDS -> inside[step.lane()] = 0;
                case STARTS, BEGINS, CALLS, GOES_INTO, GOES_ON -> {}
            }
        }
        List<Cell> ends = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            Lane thread = timeline.lanes().get(lane);
            String says = thread.wasLeft() ? "stuck: " + thread.end() : thread.end();
            ends.add(new Cell(thread.wasLeft(), says, "", thread.line()));
        }
        return new StepTable(
                timeline.threads() + " threads, JDK " + timeline.jdk().replaceFirst("\\D.*", ""),
                timeline.lanes().stream()
                        .map(lane -> Printable.of(lane.thread()))
                        .toList(),
                rows,
                ends);
    }

    private static Cell cell(Step step, boolean inside) {
        String of = Printable.of(step.of());
        String times = step.times() > 1 ? ", " + step.times() + " times" : "";
        return switch (step.what()) {
            case STARTS -> new Cell(inside, "starts " + of + times, "", step.line());
            case BEGINS -> new Cell(inside, "begins", "", step.line());
            case CALLS -> new Cell(inside, "calls" + times, of, step.line());
            case GOES_INTO -> new Cell(inside, "calls", of, step.line());
            case COMES_BACK -> new Cell(inside, "comes back from", of, step.line());
            case THREW -> new Cell(inside, "is thrown out of", of, step.line());
            case ENDS -> new Cell(inside, of.isEmpty() ? "ends" : "ends by " + of, "", step.line());
            case GOES_ON -> new Cell(inside, "goes on; no more of it is recorded", "", step.line());
        };
    }
}
