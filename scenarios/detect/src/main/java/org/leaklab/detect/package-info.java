/**
 * Detectors that find stuck threads of both kinds inside the process in which they run.
 *
 * <p>Start with a {@link org.leaklab.detect.ThreadSource}. It gives a detector the threads of one launcher or of the
 * whole JVM. Then choose a detector by your question:
 *
 * <ul>
 *   <li>How many threads are there? {@link org.leaklab.detect.ThreadCount} counts them.
 *   <li>Do they become too many? {@link org.leaklab.detect.CountAlarm} counts them again and again and gives an alarm;
 *       {@link org.leaklab.detect.GrowthAlarm} takes counts that you have.
 *   <li>What do they do? {@link org.leaklab.detect.ThreadProfile} looks at each of them.
 *       {@link org.leaklab.detect.ProfileText}, {@link org.leaklab.detect.ProfileJson} and
 *       {@link org.leaklab.detect.Pprof} write the profile.
 *   <li>Did a piece of code leave threads behind? {@link org.leaklab.detect.LeakCheck} looks after it.
 *   <li>Do they wait for each other? {@link org.leaklab.detect.Deadlock} finds circles, and
 *       {@link org.leaklab.detect.Health} says so to a health check.
 *   <li>Can they ever be woken? {@link org.leaklab.detect.Reachability} finds virtual threads that nothing alive can
 *       reach, of one launcher or of the whole JVM. It needs a garbage collection.
 * </ul>
 *
 * <p>{@code Deadlock}, {@code LeakCheck}, {@code Reachability} and {@code ThreadProfile} give a
 * {@link org.leaklab.detect.ThreadReport} with {@linkplain org.leaklab.detect.StuckGroup groups} of threads that look
 * the same. A {@link org.leaklab.detect.ReportLog} logs reports. An {@link org.leaklab.detect.Origin} names the test or
 * the request for which threads are started.
 *
 * <p>{@code Reachability} and {@code Deadlock} tell the JDK Flight Recorder what they find, if a recording is on:
 * {@code FlightEvents} has the events.
 *
 * <p>A probe of {@code Reachability} hides threads from all the others for moments. A
 * {@link org.leaklab.detect.ProbeWatch} tells whether one was under way while they looked.
 *
 * <p>The inner package {@code org.leaklab.detect.probe} contains the steps of a reachability probe. The module does not
 * export it.
 */
@NullMarked
package org.leaklab.detect;

import org.jspecify.annotations.NullMarked;
