/**
 * The child JVM that runs what a learner wrote. {@link org.leaklab.exercise.trial.Trial} is its main class: it runs the
 * rounds that a {@link org.leaklab.exercise.trial.Setting} asks for, stops at the first that is not right, and writes a
 * {@link org.leaklab.exercise.trial.TrialResult}.
 *
 * <p>{@code Round} runs the work once and watches it from a platform thread. {@code Census} sees every thread that the
 * work has started, by whatever means. {@link org.leaklab.exercise.trial.Steps} is called by the learner's code before
 * each call that may block: it delays the thread, and remembers what the thread goes to wait for.
 */
@NullMarked
package org.leaklab.exercise.trial;

import org.jspecify.annotations.NullMarked;
