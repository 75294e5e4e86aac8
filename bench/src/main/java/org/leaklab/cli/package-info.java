/**
 * The command line of {@code benchmarks.jar}: one class a command. {@link org.leaklab.cli.Main} names them all;
 * {@link org.leaklab.cli.FirstWord} decides whether a command line is leaklab's or JMH's. A command parses and prints;
 * what it does is in the library. {@link org.leaklab.cli.QuickAnswer} is the answer that the preset {@code quick} ends
 * with, as the jar does when it is started with no word at all.
 */
@NullMarked
package org.leaklab.cli;

import org.jspecify.annotations.NullMarked;
