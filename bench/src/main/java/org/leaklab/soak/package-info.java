/**
 * Programs that load the core for long, or with very many threads, and look whether it holds:
 * {@link org.leaklab.soak.Soak} and {@link org.leaklab.soak.Million}.
 */
@NullMarked
package org.leaklab.soak;

import org.jspecify.annotations.NullMarked;
