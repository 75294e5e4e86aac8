/** Flaws that Lincheck has to find. */
@NullMarked
package org.leaklab.stress.broken;

import org.jspecify.annotations.NullMarked;
