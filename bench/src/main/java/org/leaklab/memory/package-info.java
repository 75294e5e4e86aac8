/**
 * What a stuck thread retains. {@link org.leaklab.memory.StuckOn} gets threads stuck in one way, so deep in calls and
 * with so much in their hands; {@link org.leaklab.memory.Footprint} is what the process takes at a moment; and
 * {@link org.leaklab.memory.Slope} makes bytes a thread of many such populations, by regression and never by one
 * division.
 */
@NullMarked
package org.leaklab.memory;

import org.jspecify.annotations.NullMarked;
