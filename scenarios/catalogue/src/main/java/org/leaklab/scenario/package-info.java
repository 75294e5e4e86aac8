/**
 * What a scenario is: one way in which threads get stuck, in a leaky form and in a fixed form.
 *
 * <p>Start at {@link org.leaklab.scenario.Scenario}, which every scenario implements. {@link org.leaklab.scenario.Leak}
 * is an annotation that holds the expected outcome as data. {@link org.leaklab.scenario.Threads} is what a scenario
 * gets: it starts the threads.
 *
 * <p>The scenarios themselves are in inner packages, one for each {@linkplain org.leaklab.scenario.Family family}, and
 * one class in each file. The module does not export these packages: {@code org.leaklab.lab.Catalogue} finds the
 * scenarios. To add one, name its class in {@code META-INF/services/org.leaklab.scenario.Scenario} and in
 * {@code module-info.java}.
 *
 * <p>A scenario does not know what runs it. The package {@code org.leaklab.lab} does that.
 *
 * <p>If no one ends a stuck thread, it keeps its stack, and all that its stack holds, until the process ends. There is
 * one exception. With {@code -Djdk.trackAllThreads=false} the garbage collector may take a virtual thread that nothing
 * reaches. Then the thread never runs its {@code finally} blocks, and no message says that it is gone.
 */
@NullMarked
package org.leaklab.scenario;

import org.jspecify.annotations.NullMarked;
