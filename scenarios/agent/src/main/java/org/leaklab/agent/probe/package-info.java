/**
 * The probe that runs inside another JVM: lets go of the parked virtual threads for a collection, one to three times,
 * and sees which of them nobody can reach. Everything is put back afterwards.
 *
 * <p>{@link org.leaklab.agent.probe.Start} starts {@link org.leaklab.agent.probe.ProbeRun}, which asks
 * {@link org.leaklab.agent.probe.Preflight} and the {@link org.leaklab.agent.probe.SelfTest} whether this JVM can be
 * probed, and then makes {@linkplain org.leaklab.agent.probe.Round rounds}. In a round,
 * {@link org.leaklab.agent.probe.Arming} takes threads out of the sets of {@link org.leaklab.agent.probe.Jdk} and hangs
 * a {@link org.leaklab.agent.probe.HandlerSentinel} on each. A thread that the collection finds unreachable is put back
 * by its sentinel, the others by the probe, and by the {@link org.leaklab.agent.probe.Watchdog} if the probe dies.
 *
 * <p>Invariant: while a thread is armed, nothing of the probe reaches it strongly but its own sentinel, which only the
 * thread reaches: no list, no lambda, and no variable of a frame that is still on a stack.
 */
@NullMarked
package org.leaklab.agent.probe;

import org.jspecify.annotations.NullMarked;
