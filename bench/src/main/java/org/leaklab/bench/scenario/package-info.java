/** Lives of scenarios and runs of patterns by the second, leaky against fixed. */
@NullMarked
package org.leaklab.bench.scenario;

import org.jspecify.annotations.NullMarked;
