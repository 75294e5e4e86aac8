/** Work that no one tells to stop, or that does not listen. */
@NullMarked
package org.leaklab.scenario.cancellation;

import org.jspecify.annotations.NullMarked;
