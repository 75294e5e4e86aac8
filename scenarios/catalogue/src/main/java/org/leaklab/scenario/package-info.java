/**
 * What a scenario is: a way in which threads get stuck for ever, in its leaky form and with its cure.
 *
 * <p>{@link org.leaklab.scenario.Scenario} is the contract, {@link org.leaklab.scenario.Leak} the expected outcome as
 * data. The scenarios themselves stand in one package a {@linkplain org.leaklab.scenario.Family family}, one class a
 * file; a new one is named in {@code META-INF/services/org.leaklab.scenario.Scenario}. They know nothing of who runs
 * them: that is {@code org.leaklab.lab}.
 */
@NullMarked
package org.leaklab.scenario;

import org.jspecify.annotations.NullMarked;
