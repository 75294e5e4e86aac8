package org.leaklab.lab;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cell did, beside what was expected of it.
 *
 * <p>The three counts of live threads are those of {@link org.leaklab.detect.JvmThreads#platform()} and of the cell's
 * own virtual threads. Other virtual threads of the JVM do not count.
 *
 * @param cell the cell
 * @param expectedStuck how many threads the cell should leave stuck
 * @param observedStuck how many threads were stuck, as {@link Lab} says: at a place that the scenario's class names,
 *     and nothing left that could end that; or they were virtual threads that could not begin, because stuck threads
 *     kept the carriers. 0 if something was left that could still wake them; then a complaint says what
 * @param threadsBefore live threads before the cell ran
 * @param threadsStuck live threads while the cell's threads were stuck
 * @param threadsAfter live threads after the cell's threads were ended; one that cannot be ended counts once
 * @param wrongAnswer what was wrong with the result, or null if it was right
 * @param stack stack of one stuck thread, innermost frame first; empty if no thread is stuck
 * @param stuck all stuck threads, in the order of their start
 * @param complaints what else went wrong, in sentences
 * @param said what each detector said
 */
public record CellResult(
        Cell cell,
        int expectedStuck,
        int observedStuck,
        int threadsBefore,
        int threadsStuck,
        int threadsAfter,
        @Nullable String wrongAnswer,
        List<String> stack,
        List<StuckThread> stuck,
        List<String> complaints,
        List<Said> said) {

    /** Copies the lists. */
    public CellResult {
        stack = List.copyOf(stack);
        stuck = List.copyOf(stuck);
        complaints = List.copyOf(complaints);
        said = List.copyOf(said);
    }

    /** The same with what one more detector said. */
    CellResult saidBy(Said more) {
        List<Said> all = new ArrayList<>(said);
        all.add(more);
        return new CellResult(
                cell,
                expectedStuck,
                observedStuck,
                threadsBefore,
                threadsStuck,
                threadsAfter,
                wrongAnswer,
                stack,
                stuck,
                complaints,
                all);
    }

    /** Whether the number of stuck threads and the answer are as expected, and there is no complaint. */
    public boolean asExpected() {
        return canTell() && (wrongAnswer != null) == cell.expectsWrongAnswer();
    }

    /**
     * Compares what a detector said with what happened, as {@link Said#verdict} does. Returns {@code ?} where the lab
     * cannot tell which threads are stuck: where their number is not as expected, or there is a complaint.
     */
    public String verdictOn(Said detector) {
        return canTell() ? detector.verdict(observedStuck) : Said.CANNOT_TELL;
    }

    /** Whether the lab knows how many threads are stuck, so that detectors can be held against it. */
    public boolean canTell() {
        return observedStuck == expectedStuck && complaints.isEmpty();
    }

    /** The verdict in the form of the results: {@code as-expected} or {@code unexpected}. */
    public String verdict() {
        return asExpected() ? "as-expected" : "unexpected";
    }
}
