/**
 * Which threads live, and how detectors take part in launches. Not exported but to leaklab's own modules.
 *
 * <p>Beside every {@link org.leaklab.core.Launcher} stands one {@link org.leaklab.core.live.LiveThreads}: the list of
 * its threads from before their start until after their end, which holds the limit, and where others wait for ends. A
 * {@link org.leaklab.core.live.LiveThread} is one thread in it. {@link org.leaklab.core.live.Launchers} finds the list
 * of a launcher, and all lists of the JVM.
 *
 * <h2>How to add a detector that follows launches</h2>
 *
 * <p>Implement {@link org.leaklab.core.live.LaunchHook} and attach it to the {@link org.leaklab.core.live.Hooks} of one
 * launcher, or to all. It is told of starts and ends; it may say on whose behalf a thread is started; it may start the
 * thread in a way of its own. A detector that must not hold threads for a while puts a
 * {@link org.leaklab.core.live.StandIn} in the place of each and later puts the thread back. A detector that only looks
 * needs none of this: {@code Launcher.live()} is enough.
 */
@NullMarked
package org.leaklab.core.live;

import org.jspecify.annotations.NullMarked;
