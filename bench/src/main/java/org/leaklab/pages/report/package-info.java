/**
 * One page with everything that results say: {@link org.leaklab.pages.report.Report} reads files and folders and writes
 * HTML.
 *
 * <p>Each topic of the page, memory or latency for example, is a class that makes one
 * {@link org.leaklab.pages.report.Section} of the results that are about it, or none where there are none: what was
 * found as sentences, and figures, each a {@link org.leaklab.pages.report.Chart} with its
 * {@link org.leaklab.pages.report.DataTable}. A sentence claims a difference only where intervals or a test show one.
 * Figures are computed where the commands that print tables compute theirs.
 */
@NullMarked
package org.leaklab.pages.report;

import org.jspecify.annotations.NullMarked;
