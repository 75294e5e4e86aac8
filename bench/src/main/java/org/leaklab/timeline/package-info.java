/**
 * What the threads of a scenario did, one step after the other, until they were stuck: recorded, never concluded.
 *
 * <p>{@link org.leaklab.timeline.Recording} runs the leaky form of a scenario once, with calls of a
 * {@link org.leaklab.timeline.Recorder} around the calls of its class that may block a thread or wake one
 * ({@code RecordedCalls}). The launcher tells the recorder which threads start and end. The result is a
 * {@link org.leaklab.timeline.Timeline}.
 *
 * <p>Who woke a thread is not in it, because the JVM tells nobody. Nor are calls that the code of the JDK makes, method
 * references among them, nor {@code synchronized} methods and the end of a {@code synchronized} block.
 */
@NullMarked
package org.leaklab.timeline;

import org.jspecify.annotations.NullMarked;
