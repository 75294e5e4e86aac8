/**
 * Letting threads go for one collection: the inside of {@link org.leaklab.detect.Reachability}. Not exported.
 *
 * <p>A launcher holds its threads, and so does the JDK, so a collection could not tell which of them anything else
 * reaches. {@link org.leaklab.detect.probe.CollectableStart} starts threads so that the JDK holds none.
 * {@link org.leaklab.detect.probe.LetGo} takes threads out of their launcher's list for one probe and leaves a
 * {@link org.leaklab.detect.probe.Suspect} in the place of each, which holds its thread weakly. After the
 * {@link org.leaklab.detect.probe.GarbageCollection} a suspect tells whether its thread was found unreachable; where
 * the collector allows it, a {@link org.leaklab.detect.probe.Sentinel} has brought the thread back, and a second round
 * tells whether a finalizer reached it; a {@link org.leaklab.detect.probe.Proof} marks a thread that both rounds found
 * unreachable. A {@link org.leaklab.detect.probe.Canary}, leaked on purpose, shows that the probe could find anything
 * at all. {@link org.leaklab.detect.probe.Unseen} names the threads that a collection says nothing about, and why.
 */
@NullMarked
package org.leaklab.detect.probe;

import org.jspecify.annotations.NullMarked;
