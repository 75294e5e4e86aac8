/** Flaws as people write them, one a class, in the shape of the test that has to catch them. */
@NullMarked
package org.leaklab.stress.planted;

import org.jspecify.annotations.NullMarked;
