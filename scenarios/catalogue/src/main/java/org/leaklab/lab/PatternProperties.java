package org.leaklab.lab;

/**
 * What was observed of one pattern of {@code org.leaklab.pattern}. It is a row of the {@link PatternTable}.
 *
 * @param pattern name of the pattern, which is the id of its scenario
 * @param maxConcurrent the largest number of tasks that ran at the same time, when all tried to
 * @param tasks how many tasks there were
 * @param errorsPropagate whether the failure of a task reached the caller
 * @param cancellationPropagates whether all threads ended when the parent context was cancelled while tasks were
 *     blocked
 * @param backpressure whether a fast producer had to wait when the receivers stood still
 * @param ordered whether the results came in the order of the tasks, although the tasks ended in reverse order where
 *     they could
 */
public record PatternProperties(
        String pattern,
        int maxConcurrent,
        int tasks,
        boolean errorsPropagate,
        boolean cancellationPropagates,
        boolean backpressure,
        boolean ordered) {

    /** The bound on concurrency as a word: a number, or {@code unbounded} if all tasks ran at the same time. */
    public String bound() {
        return maxConcurrent == tasks ? "unbounded" : Integer.toString(maxConcurrent);
    }
}
