/**
 * The five patterns of structured concurrency, put together by hand so that they come apart; the cures are those of
 * {@link org.leaklab.pattern}.
 */
@NullMarked
package org.leaklab.scenario.structured;

import org.jspecify.annotations.NullMarked;
