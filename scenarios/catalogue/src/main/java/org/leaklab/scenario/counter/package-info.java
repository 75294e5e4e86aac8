/** Counters and barriers that wait for a number which is never reached. */
@NullMarked
package org.leaklab.scenario.counter;

import org.jspecify.annotations.NullMarked;
