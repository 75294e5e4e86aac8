/** Threads wait for a callback or a future that another part of the program never completes. */
@NullMarked
package org.leaklab.scenario.callback;

import org.jspecify.annotations.NullMarked;
