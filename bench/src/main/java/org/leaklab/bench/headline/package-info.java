/**
 * What the groups of benchmarks are about: {@link org.leaklab.bench.headline.Headlines} knows the headline measures
 * that each package {@code org.leaklab.bench.QUESTION} declares. Commands hand them to what compares and shows results.
 */
@NullMarked
package org.leaklab.bench.headline;

import org.jspecify.annotations.NullMarked;
