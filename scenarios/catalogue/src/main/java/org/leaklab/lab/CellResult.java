package org.leaklab.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cell did, beside what was expected of it.
 *
 * @param expectedStuck how many stuck threads the scenario's class announces
 * @param observedStuck how many threads had started, had not finished, and stood still at an announced place
 * @param threadsBefore live threads of the JVM before the cell, both kinds
 * @param threadsStuck live threads while the cell was stuck
 * @param threadsAfter live threads after the cell's threads were freed
 * @param wrongAnswer what was wrong with the cell's result, or null when it was right
 * @param stack stack of one stuck thread, innermost frame first; empty when none is stuck
 * @param stuck all that are stuck, in the order of their start
 * @param complaints what else was not as it should be, in sentences
 * @param said what each detector said that was asked
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

    /** Whether all is as the class says. */
    public boolean asExpected() {
        return observedStuck == expectedStuck
                && (wrongAnswer != null) == cell.expectsWrongAnswer()
                && complaints.isEmpty();
    }

    /** The verdict as it stands in results: {@code as-expected} or {@code unexpected}. */
    public String verdict() {
        return asExpected() ? "as-expected" : "unexpected";
    }
}
