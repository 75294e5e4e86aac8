/**
 * What a stuck thread retains. {@link org.leaklab.bench.memory.StuckOn} gets threads stuck in one way, so deep in calls
 * and with so much in their hands; {@link org.leaklab.bench.memory.Footprint} is what the process takes at a moment;
 * and {@link org.leaklab.bench.memory.Slope} makes bytes a thread of many such populations, by regression and never by
 * one division.
 */
@NullMarked
package org.leaklab.bench.memory;

import org.jspecify.annotations.NullMarked;
