/** Counters and barriers that never reach the number that a thread waits for. */
@NullMarked
package org.leaklab.scenario.counter;

import org.jspecify.annotations.NullMarked;
