package org.leaklab.bench.run;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a run says how far it is, and where everything goes that JMH and its forks say meanwhile.
 *
 * @param out for people
 * @param lines what they get to see
 * @param log for what JMH and the JVMs say: results of iterations, warnings, stack traces
 */
public record Screen(PrintWriter out, Lines lines, PrintStream log) {

    /** What is seen of a run while it lasts. */
    public enum Lines {
        /** A line a fork of a row, with its figure. */
        ROWS,
        /** One line, drawn anew with each row: for terminals. */
        ONE_DRAWN_ANEW,
        /** Rows that fail. */
        NONE
    }

    /** Lines for rows, and no log. */
    static Screen of(PrintWriter out) {
        return new Screen(
                out, Lines.ROWS, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
}
