/**
 * How fast detectors are. {@link org.leaklab.bench.detection.Looker} is one detector looking at one launcher,
 * {@link org.leaklab.bench.detection.Delays} how long it takes from a thread getting stuck to its report.
 */
@NullMarked
package org.leaklab.bench.detection;

import org.jspecify.annotations.NullMarked;
