package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Detector;
import org.leaklab.lab.Said;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Scenario;

/**
 * Scenario and kind of thread down, detectors across, what each made of the leak; at the foot how often each was right.
 *
 * <p>Recall is caught leaks of all leaks: all of their threads are reported. Precision is leaks that were caught, whole
 * or in part, of all alarms, those on fixed scenarios included. A suspicion is neither. A cell that is not as expected
 * judges no detector.
 */
final class DetectorMatrix {

    private static final int COLUMN = 14;

    /** Earlier JDKs write none. */
    private static final int VIRTUAL_STACKS_IN_DUMPS = 22;

    /** How often a detector was right. */
    private static final class Score {
        private int caught;
        private int partly;
        private int suspected;
        private int missed;
        private int unseen;
        private int falseAlarms;
    }

    private final PrintWriter out;
    private final boolean print;
    private final int width;
    private final Map<Detector, Score> scores = new EnumMap<>(Detector.class);
    private int leaks;
    private int caughtByNone;
    private final List<CellResult> unreported = new ArrayList<>();
    private int unexpected;

    DetectorMatrix(PrintWriter out, List<Scenario> scenarios, boolean print) {
        this.out = out;
        this.print = print;
        this.width = scenarios.stream()
                .mapToInt(scenario -> scenario.leak().id().length())
                .max()
                .orElse(0);
        for (Detector detector : Detector.values()) {
            scores.put(detector, new Score());
        }
    }

    void head() {
        StringBuilder line = new StringBuilder(pad("SCENARIO", width))
                .append("  ")
                .append(pad("IDIOM", 7))
                .append("  ")
                .append(pad("THREADS", 8));
        line.append("  STUCK");
        for (Detector detector : Detector.values()) {
            line.append("  ").append(pad(detector.word().toUpperCase(Locale.ROOT), COLUMN));
        }
        println(line.toString().stripTrailing());
    }

    void add(CellResult result) {
        int stuck = result.observedStuck();
        boolean leaky = result.cell().variant() == Variant.LEAKY;
        boolean anyCaught = false;
        boolean anyReported = false;
        boolean anyFalse = false;
        StringBuilder line = new StringBuilder(
                        pad(result.cell().scenario().leak().id(), width))
                .append("  ")
                .append(pad(result.cell().scenario().leak().idiom().word(), 7))
                .append("  ")
                .append(pad(result.cell().threads(), 8))
                .append(String.format(Locale.ROOT, "  %5d", stuck));
        for (Detector detector : Detector.values()) {
            Said said = result.said().stream()
                    .filter(each -> each.detector().equals(detector.word()))
                    .findFirst()
                    .orElse(null);
            String verdict = said == null ? Said.CANNOT_TELL : result.verdictOn(said);
            Score score = scores.get(detector);
            if (leaks(result)) {
                score.caught += verdict.equals("caught") ? 1 : 0;
                score.partly += verdict.startsWith("caught ") ? 1 : 0;
                score.suspected += verdict.equals("suspect") ? 1 : 0;
                score.missed += verdict.equals("missed") ? 1 : 0;
                score.unseen += verdict.equals("cannot see") ? 1 : 0;
                boolean ours = !detector.isOfTheJdk();
                anyCaught |= ours && verdict.startsWith("caught");
                anyReported |= ours && detector.judges() && (verdict.startsWith("caught") || verdict.equals("suspect"));
            } else if (verdict.equals("false alarm")) {
                score.falseAlarms++;
                anyFalse = true;
            }
            line.append("  ").append(pad(verdict, COLUMN));
        }
        if (leaks(result)) {
            leaks++;
            caughtByNone += anyCaught ? 0 : 1;
            if (!anyReported) {
                unreported.add(result);
            }
        }
        unexpected += result.asExpected() ? 0 : 1;
        if ((leaky && stuck > 0) || anyFalse || !result.canTell()) {
            println(line.toString().stripTrailing() + (leaky ? "" : "  (fixed)"));
        }
        if (!result.asExpected()) {
            println("    not as expected: " + result.complaints());
        }
    }

    private static boolean leaks(CellResult result) {
        return result.canTell() && result.observedStuck() > 0;
    }

    /** Prints the scores; whether all is as it should be. */
    boolean foot() {
        println("");
        scores.forEach((detector, score) -> {
            int right = score.caught + score.partly;
            int alarms = right + score.falseAlarms;
            println(String.format(
                    Locale.ROOT,
                    "%-14s  recall %d of %d (%.0f %%), precision %d of %d alarms, %s%d suspect, %d missed, "
                            + "%d cannot see",
                    detector.word(),
                    score.caught,
                    leaks,
                    100.0 * score.caught / Math.max(1, leaks),
                    right,
                    alarms,
                    score.partly == 0 ? "" : score.partly + " in part, ",
                    score.suspected,
                    score.missed,
                    score.unseen));
        });
        println("Java " + Runtime.version().feature() + ": " + leaks + " leaks, " + caughtByNone
                + " caught by no detector, " + unreported.size() + " reported as leaked or suspect by none, "
                + unexpected
                + " cells not as expected");
        boolean explained = true;
        for (CellResult result : unreported) {
            String why = why(result.cell());
            explained &= !why.isEmpty();
            println("    reported by none: " + result.cell() + ": "
                    + (why.isEmpty() ? "its class does not say why" : why));
        }
        int falseAlarms =
                scores.values().stream().mapToInt(score -> score.falseAlarms).sum();
        return caughtByNone == 0 && falseAlarms == 0 && unexpected == 0 && explained;
    }

    /** Why nobody reports a cell, as its class or the JDK has it; empty if nothing is known. */
    private static String why(Cell cell) {
        String why = cell.scenario().leak().notReported();
        boolean unseen = cell.kind() == ThreadKind.VIRTUAL && Runtime.version().feature() < VIRTUAL_STACKS_IN_DUMPS;
        return why.isEmpty() && unseen ? "a heap dump of this JDK has no stacks of virtual threads" : why;
    }

    private void println(String line) {
        if (print) {
            out.println(Printable.lines(line));
            out.flush();
        }
    }

    private static String pad(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }
}
