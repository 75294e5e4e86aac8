/**
 * Runs scenarios for real and holds what happens against what their classes say.
 *
 * <p>{@link org.leaklab.lab.Catalogue} knows all scenarios; a {@link org.leaklab.lab.Cell} is one of them in one
 * {@link org.leaklab.lab.Variant} on one kind of thread; {@link org.leaklab.lab.Lab} runs a cell to a
 * {@link org.leaklab.lab.CellResult}. The lab observes from platform threads only, which no cell can starve.
 *
 * <p>{@link org.leaklab.lab.PatternTable} does the same for the patterns of {@code org.leaklab.pattern}: it runs them
 * and says what they promise.
 */
@NullMarked
package org.leaklab.lab;

import org.jspecify.annotations.NullMarked;
