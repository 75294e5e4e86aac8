package org.leaklab.lab;

/**
 * What was observed of a pattern of {@code org.leaklab.pattern}; a row of the {@link PatternTable}.
 *
 * @param maxConcurrent how many tasks ran at once at most, when all tried to
 * @param tasks how many tasks there were
 * @param errorsPropagate whether the failure of a task reached the caller
 * @param cancellationPropagates whether all threads ended when the parent context was cancelled while tasks were
 *     blocked
 * @param backpressure whether a fast producer was held back when those that take from it stood still
 * @param ordered whether the results came in the order of the tasks, though these ended in reverse where they could
 */
public record PatternProperties(
        String pattern,
        int maxConcurrent,
        int tasks,
        boolean errorsPropagate,
        boolean cancellationPropagates,
        boolean backpressure,
        boolean ordered) {

    /** The bound on concurrency as a word: a number, or {@code unbounded} when all tasks ran at once. */
    public String bound() {
        return maxConcurrent == tasks ? "unbounded" : Integer.toString(maxConcurrent);
    }
}
