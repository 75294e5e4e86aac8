/**
 * What sees stuck threads. The first and simplest detector: a {@link org.leaklab.detect.ThreadRegistry} of started and
 * finished threads, and a {@link org.leaklab.detect.GrowthAlarm} on its count.
 */
@NullMarked
package org.leaklab.detect;

import org.jspecify.annotations.NullMarked;
