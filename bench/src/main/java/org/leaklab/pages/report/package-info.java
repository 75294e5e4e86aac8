/**
 * One page with everything that results say. {@link org.leaklab.pages.report.ReportPage} is the way in: it reads files
 * and folders and writes HTML. The template is {@code src/main/jte/report/report.jte}.
 *
 * <p>In: {@code Inputs} finds and reads the files, and {@code Results} is what they hold; {@code Jdks} names the JDKs
 * and gives each its colour.
 *
 * <p>Topics: {@code MemoryTopic}, {@code LatencyTopic} and so on. Each makes one
 * {@link org.leaklab.pages.report.Section} of the results that are about it, or none if there are none.
 * {@code ReportPage} lists them in the order of the page. A section has findings, which are sentences, and figures,
 * each a {@link org.leaklab.pages.report.Chart} with its {@link org.leaklab.pages.report.DataTable}.
 * {@code Measurements} makes figures of plain scores. {@code StuckThreadImpact} makes the sentences "beside so many
 * stuck threads", {@code Difference} has one difference with its test and {@code DifferenceByJdk} says it for several
 * JDKs; {@code PinnedCarriers} says what becomes of a service whose carriers are taken.
 *
 * <p>A sentence claims a difference only where intervals or a test show one. Figures are computed in the packages of
 * their questions, where the commands that print tables take theirs from.
 */
@NullMarked
package org.leaklab.pages.report;

import org.jspecify.annotations.NullMarked;
