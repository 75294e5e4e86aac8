/** Histograms that are kept: {@link org.leaklab.histogram.IntervalLog} writes them in HdrHistogram's own log format. */
@NullMarked
package org.leaklab.histogram;

import org.jspecify.annotations.NullMarked;
