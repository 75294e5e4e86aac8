/** Work that is not told to stop, or does not listen. */
@NullMarked
package org.leaklab.scenario.cancellation;

import org.jspecify.annotations.NullMarked;
