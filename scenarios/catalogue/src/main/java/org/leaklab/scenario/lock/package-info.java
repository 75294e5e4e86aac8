/** Locks that are never given back, orders of locks that cross, and wake-ups that nobody was there to hear. */
@NullMarked
package org.leaklab.scenario.lock;

import org.jspecify.annotations.NullMarked;
