package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures of a column as text: each in a unit that makes it readable, all with the same number of decimals. */
public final class Figures {

    private static final int DIGITS = 4;
    private static final int MOST_DECIMALS = 8;

    private final List<Unit.Shown> figures = new ArrayList<>();

    /** Adds one. */
    public void add(double value, String unit) {
        figures.add(Unit.of(unit).shown(value));
    }

    /** The texts in order, as long as each other. */
    public List<String> texts() {
        int decimals = decimals();
        int longest = figures.stream()
                .mapToInt(figure -> figure.unit().length())
                .max()
                .orElse(0);
        List<String> texts = new ArrayList<>();
        for (Unit.Shown figure : figures) {
            texts.add((number(figure.number(), decimals) + " " + figure.unit()
                    + " ".repeat(longest - figure.unit().length())));
        }
        int width = texts.stream().mapToInt(String::length).max().orElse(0);
        return texts.stream()
                .map(text -> " ".repeat(width - text.length()) + text)
                .toList();
    }

    /** So many that the smallest has four digits that count. */
    private int decimals() {
        double smallest = figures.stream()
                .mapToDouble(figure -> Math.abs(figure.number()))
                .filter(number -> number > 0 && Double.isFinite(number))
                .min()
                .orElse(1000);
        boolean whole = figures.stream().allMatch(figure -> figure.number() == Math.rint(figure.number()));
        int before = (int) Math.floor(Math.log10(smallest)) + 1;
        return whole ? 0 : Math.clamp(DIGITS - before, 0, MOST_DECIMALS);
    }

    private static String number(double number, int decimals) {
        boolean lost = number != 0 && Math.abs(number) < Math.pow(10, -decimals);
        return String.format(Locale.ROOT, lost ? "%.3g" : "%,." + decimals + "f", number);
    }

    /** What a figure in one unit is multiplied by to be in another; NaN where they count different things. */
    public static double factor(String unit, String other) {
        Unit from = Unit.of(unit);
        Unit to = Unit.of(other);
        return from.dimension().equals(to.dimension()) ? from.size() / to.size() : Double.NaN;
    }

    /** One figure by itself. */
    public static String one(double value, String unit) {
        Figures one = new Figures();
        one.add(value, unit);
        return one.texts().getFirst().strip();
    }
}
