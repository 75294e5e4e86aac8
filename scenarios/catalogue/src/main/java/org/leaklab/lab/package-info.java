/**
 * Runs scenarios, and compares what happens with what their classes say.
 *
 * <p>Start at {@link org.leaklab.lab.Lab}. {@link org.leaklab.lab.Catalogue} finds the scenarios. A
 * {@link org.leaklab.lab.Cell} is one scenario in one {@link org.leaklab.lab.Variant} on one kind of thread. The lab
 * runs a cell and returns a {@link org.leaklab.lab.CellResult}. If asked, it lets {@linkplain org.leaklab.lab.Detector
 * detectors} look at the stuck threads, and the result then holds what they {@linkplain org.leaklab.lab.Said said}. The
 * lab observes from platform threads only: a cell may keep all carriers, and then no other virtual thread runs.
 *
 * <p>Three classes use cells in other ways: {@link org.leaklab.lab.Cycle} is for benchmarks,
 * {@link org.leaklab.lab.Exhibit} keeps stuck threads for others to look at, and {@link org.leaklab.lab.Watch} shows a
 * leak over time.
 *
 * <p>{@link org.leaklab.lab.PatternTable} runs the patterns of {@code org.leaklab.pattern} and observes what they
 * promise. {@link org.leaklab.lab.PatternLoad} runs one of them for a benchmark.
 */
@NullMarked
package org.leaklab.lab;

import org.jspecify.annotations.NullMarked;
