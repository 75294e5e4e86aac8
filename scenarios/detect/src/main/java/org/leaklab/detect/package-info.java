/**
 * What sees stuck threads, from inside the process, of both kinds.
 *
 * <p>Begin with a {@link org.leaklab.detect.ThreadSource}: one launcher's threads, or the whole JVM's. A
 * {@link org.leaklab.detect.ThreadCount} says how many there are, a {@link org.leaklab.detect.CountAlarm} when they
 * become too many, a {@link org.leaklab.detect.ThreadProfile} what they do, in every format that Go users know, a
 * {@link org.leaklab.detect.LeakCheck} whether a piece of code left some behind.
 * {@link org.leaklab.detect.Reachability} finds virtual threads that nothing alive can reach, by one garbage
 * collection; how it lets go of them is in {@code org.leaklab.detect.probe}. An {@link org.leaklab.detect.Origin} says
 * on whose behalf threads were started.
 *
 * <p>All of them report {@link org.leaklab.detect.StuckGroup groups} of threads that look the same.
 */
@NullMarked
package org.leaklab.detect;

import org.jspecify.annotations.NullMarked;
