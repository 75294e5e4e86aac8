package org.leaklab.ab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.leaklab.ab.Ruler.Piece;
import org.leaklab.ab.Ruler.Reading;
import org.leaklab.compare.Change;

/**
 * How far the ruler moves from one reading to the next while nothing is measured. It is calibrated where it is used: of
 * {@value #READINGS} readings, one after the other, no piece moved further. So on a machine that stays as it was then,
 * at most one pair in ten counts as disturbed: a new move is the furthest of 30 with a probability of 1/30, for each of
 * three pieces.
 *
 * @param widths by the word of the piece, as logarithms of ratios
 */
public record Band(Map<String, Double> widths) {

    static final int READINGS = 30;

    /** What is nearer than 3 % is no move on any machine. */
    private static final double LEAST = Math.log(1.03);

    /** A machine on which the ruler moves further by itself has other work to do. */
    private static final double MUCH = Math.log(1.25);

    public Band {
        widths = Map.copyOf(widths);
    }

    /** Calibrates. */
    static Band calibrate(Ruler ruler) throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < READINGS; i++) {
            readings.add(ruler.read());
        }
        return of(readings);
    }

    /** Of readings one after the other. */
    static Band of(List<Reading> readings) {
        Map<String, Double> widths = new TreeMap<>();
        for (Piece piece : Piece.values()) {
            double furthest = LEAST;
            for (int i = 1; i < readings.size(); i++) {
                furthest = Math.max(furthest, Math.abs(move(piece, readings.get(i - 1), readings.get(i))));
            }
            widths.put(piece.toString(), furthest);
        }
        return new Band(widths);
    }

    private static double move(Piece piece, Reading before, Reading after) {
        return Math.log(after.of(piece) / before.of(piece));
    }

    /** What moved further than that, as {@code memory +14.2 %}; nothing where all held still. */
    List<String> moved(Reading before, Reading after) {
        return Arrays.stream(Piece.values())
                .filter(piece ->
                        !(Math.abs(move(piece, before, after)) <= widths.getOrDefault(piece.toString(), LEAST)))
                .map(piece -> piece + " " + Change.percent(Math.expm1(move(piece, before, after))))
                .toList();
    }

    /** What a reader must know of a machine on which the ruler moved much while it was calibrated. */
    public Optional<String> warning() {
        return widths.values().stream().anyMatch(width -> width > MUCH)
                ? Optional.of(
                        "! the ruler moved that far while nothing was measured: this machine has other work to do, "
                                + "and small changes will not be seen")
                : Optional.empty();
    }

    /** As people read it: {@code clock 3 %, memory 12 %, waiting 5 %}. */
    public String text() {
        return Arrays.stream(Piece.values())
                .map(piece ->
                        piece + " " + Math.round(100 * Math.expm1(widths.getOrDefault(piece.toString(), LEAST))) + " %")
                .collect(Collectors.joining(", "));
    }
}
