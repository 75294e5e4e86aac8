/** Damaged dumps: {@link org.leaklab.heapdump.fuzz.Fuzz} feeds them to the analysis, one after the other. */
@NullMarked
package org.leaklab.heapdump.fuzz;

import org.jspecify.annotations.NullMarked;
