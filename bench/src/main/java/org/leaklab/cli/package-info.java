/**
 * The command line of {@code benchmarks.jar}: one class a command. {@link org.leaklab.cli.Main} names them all. A
 * command parses its options, says what is wrong with their values, and prints; what it does is in the library.
 *
 * <p>{@code FirstWord} decides whether a command line is leaklab's or JMH's. {@code Nearest} finds the word that a
 * mistyped one means. {@code CellChoice} is what {@code run}, {@code serve} and {@code watch} choose cells by.
 *
 * <p>The preset {@code quick}, which also the jar without any word runs, ends with an answer: {@code QuickAnswer} makes
 * its lines, {@code FirstLook} says what stands around them, and {@code NextCommands} what to do next.
 */
@NullMarked
package org.leaklab.cli;

import org.jspecify.annotations.NullMarked;
