package org.leaklab.cli;

/** Percentages on the command line: {@code 5%}, or {@code 5}. */
final class Percent {

    private Percent() {}

    /**
     * As a fraction.
     *
     * @param option whose value it is
     * @throws IllegalArgumentException if it is none, or below zero
     */
    static double of(String option, String text) {
        try {
            double percent = Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
            if (percent >= 0 && Double.isFinite(percent)) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(option + " takes a percentage, as in 5%, not \"" + text + "\"");
    }
}
