/** Loops that make no progress, and so never come to their end. */
@NullMarked
package org.leaklab.scenario.loop;

import org.jspecify.annotations.NullMarked;
