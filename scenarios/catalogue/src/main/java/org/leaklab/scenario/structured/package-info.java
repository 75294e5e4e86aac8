/**
 * The five patterns of structured concurrency, built by hand and with a mistake in each. The cures are the classes of
 * {@link org.leaklab.pattern}.
 */
@NullMarked
package org.leaklab.scenario.structured;

import org.jspecify.annotations.NullMarked;
