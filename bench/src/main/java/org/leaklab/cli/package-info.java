/**
 * The command line of {@code benchmarks.jar}. {@link org.leaklab.cli.Main} takes leaklab's own commands and hands
 * everything else to JMH untouched. A command parses and prints; what it does is in the library.
 */
@NullMarked
package org.leaklab.cli;

import org.jspecify.annotations.NullMarked;
