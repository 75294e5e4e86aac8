/**
 * The five patterns of structured concurrency, built by hand and with a mistake in each. The classes of
 * {@link org.leaklab.pattern} do them without.
 */
@NullMarked
package org.leaklab.scenario.structured;

import org.jspecify.annotations.NullMarked;
