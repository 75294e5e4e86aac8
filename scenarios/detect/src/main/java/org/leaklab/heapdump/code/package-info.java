/**
 * What the code of the methods on stacks says, where its class files are still on this machine: a dump shows which
 * objects a frame refers to, and not in which variable, nor which monitor it has entered.
 *
 * <p>Begin with {@link org.leaklab.heapdump.code.Bytecode}, which answers for a frame: which monitors its method can
 * have entered ({@link org.leaklab.heapdump.code.Enters}), on what it waits
 * ({@link org.leaklab.heapdump.code.WaitCall}). {@link org.leaklab.heapdump.code.Variables} says whether what a frame
 * shows can stand in certain variables. Which class files are believed stands in {@code ClassFiles}.
 */
@NullMarked
package org.leaklab.heapdump.code;

import org.jspecify.annotations.NullMarked;
