/**
 * How many lives of a scenario fit into a second, and how many items go through a pattern?
 *
 * <p>{@link org.leaklab.bench.scenario.ScenarioThroughput}, {@link org.leaklab.bench.scenario.StuckLook} and
 * {@link org.leaklab.bench.scenario.PatternThroughput} are the classes that JMH runs. They measure with
 * {@link org.leaklab.lab.Cycle}, {@link org.leaklab.lab.Exhibit} and {@link org.leaklab.lab.PatternLoad} of the
 * catalogue; {@code Cells} finds the scenario that the parameters name. What waits for time has no row
 * ({@link org.leaklab.bench.scenario.TimedLives}). {@link org.leaklab.bench.scenario.ScenarioHeadlines} has the
 * headline measures.
 *
 * <p>Lives and items a second: more is better. The time of a look: less is better. Read platform against virtual
 * threads of the same variant. A leaky life includes the rescue of its threads, which a real program cannot make, so
 * leaky against fixed says little about speed.
 */
@NullMarked
package org.leaklab.bench.scenario;

import org.jspecify.annotations.NullMarked;
