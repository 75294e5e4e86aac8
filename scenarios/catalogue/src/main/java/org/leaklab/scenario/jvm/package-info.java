/** What only the JVM has: executors that keep idle workers, and virtual threads pinned to their carriers. */
@NullMarked
package org.leaklab.scenario.jvm;

import org.jspecify.annotations.NullMarked;
