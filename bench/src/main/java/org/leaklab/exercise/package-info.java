/**
 * Exercises: a learner mends a program that gets stuck, and real threads judge it.
 *
 * <p>{@link org.leaklab.exercise.Exercises} reads them from the resources beside this package, one folder each:
 * {@code exercise.txt} holds its title, hints, model solution and plausible wrong answers; one Java file is what the
 * learner gets; {@code Check.java} runs that and looks at its answer. A {@link org.leaklab.exercise.Workbook} is the
 * folder of the learner.
 *
 * <p>{@link org.leaklab.exercise.Judge} compiles the learner's file, puts delays before calls that may block
 * ({@code StepCalls}), runs it in child JVMs ({@link org.leaklab.exercise.trial}), and comes to a
 * {@link org.leaklab.exercise.Verdict}.
 */
@NullMarked
package org.leaklab.exercise;

import org.jspecify.annotations.NullMarked;
