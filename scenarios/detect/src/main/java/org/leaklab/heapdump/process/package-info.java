/**
 * Another process: whose it is, how it sees the file system, and how to give its JVM a command.
 *
 * <p>{@link org.leaklab.heapdump.process.Commands} is what a JVM can be told:
 * {@link org.leaklab.heapdump.process.AttachSocket} over the socket that the JVM opens when one attaches to it, the way
 * {@code jcmd} does, {@link org.leaklab.heapdump.process.OwnCommands} in this JVM.
 * {@link org.leaklab.heapdump.process.Target} reads what Linux tells of the process. A
 * {@link org.leaklab.heapdump.process.Connection} has all of these, and {@link org.leaklab.heapdump.process.TheirFile}
 * is what the other JVM writes and this one reads.
 */
@NullMarked
package org.leaklab.heapdump.process;

import org.jspecify.annotations.NullMarked;
