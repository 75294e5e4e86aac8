/**
 * Whether results differ. {@link org.leaklab.compare.MannWhitney} says how likely a difference is that is none,
 * {@link org.leaklab.compare.Holm} corrects that for the number of questions asked, and
 * {@link org.leaklab.compare.Sample} has medians, ratios and their intervals.
 *
 * <p>What goes in are the means of forks: the iterations of one fork depend on each other.
 */
@NullMarked
package org.leaklab.compare;

import org.jspecify.annotations.NullMarked;
