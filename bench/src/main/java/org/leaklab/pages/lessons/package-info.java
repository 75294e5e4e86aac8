/**
 * A page a scenario, made from its own source and from what runs have shown, so that it cannot go stale.
 *
 * <p>{@link org.leaklab.pages.lessons.ScenarioSource} takes the two forms out of the source file that is packed with
 * the classes, and {@link org.leaklab.pages.lessons.SideBySide} marks the lines that differ.
 * {@link org.leaklab.pages.lessons.Evidence} holds what was seen: of that {@link org.leaklab.pages.lessons.Graph} makes
 * who waits for whom, {@link org.leaklab.pages.lessons.Drawing} a picture of it,
 * {@link org.leaklab.pages.lessons.Detection} and {@link org.leaklab.pages.lessons.Cost} tables.
 * {@link org.leaklab.pages.lessons.Lesson} is all of one scenario, and {@link org.leaklab.pages.lessons.Site} all
 * pages.
 */
@NullMarked
package org.leaklab.pages.lessons;

import org.jspecify.annotations.NullMarked;
