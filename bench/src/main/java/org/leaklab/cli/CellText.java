package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.List;
import org.leaklab.core.text.Printable;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Said;
import org.leaklab.scenario.Leak;
import picocli.CommandLine.Help.Ansi;

/** Prints what became of cells: a row of a table each, and below it the stack of a stuck thread and its cause. */
final class CellText {

    private static final int FRAMES = 12;

    private final PrintWriter out;
    private final Ansi ansi;
    private final int width;

    CellText(PrintWriter out, Ansi ansi, List<Cell> cells) {
        this.out = out;
        this.ansi = ansi;
        this.width = cells.stream()
                .mapToInt(cell -> cell.scenario().leak().id().length())
                .max()
                .orElse(0);
    }

    void heading() {
        out.printf(
                "%-" + width + "s  %-7s  %-7s  %-8s  %6s  %5s  %5s  %8s  %4s  %s%n",
                "SCENARIO",
                "IDIOM",
                "VARIANT",
                "THREADS",
                "BEFORE",
                "AFTER",
                "STUCK",
                "EXPECTED",
                "LEFT",
                "VERDICT");
    }

    void print(CellResult result) {
        Cell cell = result.cell();
        Leak leak = cell.scenario().leak();
        String verdict = ansi.string(result.asExpected() ? "@|green as expected|@" : "@|bold,red unexpected|@");
        out.printf(
                "%-" + width + "s  %-7s  %-7s  %-8s  %6d  %5d  %5d  %8d  %4d  %s%n",
                leak.id(),
                leak.idiom().word(),
                cell.variant().word(),
                cell.threads(),
                result.threadsBefore(),
                result.threadsStuck(),
                result.observedStuck(),
                result.expectedStuck(),
                result.threadsAfter(),
                verdict);
        if (result.wrongAnswer() != null) {
            out.println("    wrong answer: " + Printable.of(result.wrongAnswer()));
        }
        result.complaints().forEach(complaint -> out.println("    " + Printable.of(complaint)));
        List<String> stack = result.stack();
        stack.stream().limit(FRAMES).forEach(frame -> out.println("    at " + Printable.of(frame)));
        if (stack.size() > FRAMES) {
            out.println("    ... " + (stack.size() - FRAMES) + " more");
        }
        for (Said said : result.said()) {
            out.println("    " + said.detector() + ": " + result.verdictOn(said));
            said.lines().forEach(line -> out.println("        " + Printable.of(line)));
        }
        if (!stack.isEmpty()) {
            out.println("    why:  " + leak.cause());
            out.println("    cure: " + leak.cure());
        }
        out.flush();
    }
}
