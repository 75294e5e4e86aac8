/**
 * Locks that are never unlocked, locks that threads take in different orders, and wake-ups that come before the wait.
 */
@NullMarked
package org.leaklab.scenario.lock;

import org.jspecify.annotations.NullMarked;
