/**
 * A page a scenario, made from its own source and from what runs have shown, so that it cannot go stale.
 *
 * <p>{@link org.leaklab.lesson.ScenarioSource} takes the two forms out of the source file that is packed with the
 * classes, and {@link org.leaklab.lesson.SideBySide} marks the lines that differ. {@link org.leaklab.lesson.Evidence}
 * holds what was seen: of that {@link org.leaklab.lesson.Graph} makes who waits for whom,
 * {@link org.leaklab.lesson.Drawing} a picture of it, {@link org.leaklab.lesson.Detection} and
 * {@link org.leaklab.lesson.Cost} tables. {@link org.leaklab.lesson.Lesson} is all of one scenario, and
 * {@link org.leaklab.lesson.Site} all pages.
 */
@NullMarked
package org.leaklab.lesson;

import org.jspecify.annotations.NullMarked;
