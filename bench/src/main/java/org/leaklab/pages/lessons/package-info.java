/**
 * One page for each scenario, made from its source and from what runs have shown, so that it cannot go stale.
 * {@link org.leaklab.pages.lessons.Site} writes all pages, {@link org.leaklab.pages.lessons.Lesson} is all of one
 * scenario; the templates are in {@code src/main/jte/lessons}.
 *
 * <p>From the source: {@link org.leaklab.pages.lessons.ScenarioSource} takes the two forms out of the file that is
 * packed with the classes, as a {@link org.leaklab.pages.lessons.Listing} each and the javadoc as
 * {@link org.leaklab.pages.lessons.Prose}; {@link org.leaklab.pages.lessons.SideBySide} marks the lines that differ;
 * {@link org.leaklab.pages.lessons.Symptom} says what somebody sees, and {@link org.leaklab.pages.lessons.Message}
 * which sentences of the JVM mean it.
 *
 * <p>From runs: {@link org.leaklab.pages.lessons.Evidence} reads what was seen.
 * {@link org.leaklab.pages.lessons.Activity} says what a stuck thread is doing, by its stack;
 * {@link org.leaklab.pages.lessons.WaitGraph} who waits for whom; {@link org.leaklab.pages.lessons.Drawing} makes boxes
 * and arrows of that, a lock for example. {@link org.leaklab.pages.lessons.StepTable} is what each thread did, step by
 * step. {@link org.leaklab.pages.lessons.DetectorTable} has what each detector said, and
 * {@link org.leaklab.pages.lessons.Cost} what one more such thread costs.
 */
@NullMarked
package org.leaklab.pages.lessons;

import org.jspecify.annotations.NullMarked;
