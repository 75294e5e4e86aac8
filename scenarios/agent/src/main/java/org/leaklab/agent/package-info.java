/**
 * What leaklab loads into a running JVM that knows nothing of it: one class, which stays on the class path of that JVM.
 * All else is in {@code org.leaklab.agent.probe}, in a jar that only a class loader of its own reads.
 */
@NullMarked
package org.leaklab.agent;

import org.jspecify.annotations.NullMarked;
