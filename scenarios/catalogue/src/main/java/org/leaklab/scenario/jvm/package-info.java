/**
 * What only the JVM has: executors and their queues, class initializers, the end of the JVM itself, and virtual threads
 * that keep their carriers.
 */
@NullMarked
package org.leaklab.scenario.jvm;

import org.jspecify.annotations.NullMarked;
