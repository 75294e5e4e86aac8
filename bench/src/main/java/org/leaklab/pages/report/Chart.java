package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What {@code charts.js} draws. */
public sealed interface Chart {

    /** What it shows, for those who cannot see it. */
    String axis();

    /** All of it for the script, as JSON that cannot end the element in which it stands. */
    default String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", getClass().getSimpleName().toLowerCase(Locale.ROOT));
        json.put("chart", this);
        return JsonMapper.shared().writeValueAsString(json).replace("<", "\\u003c");
    }

    /**
     * Points with intervals: rows down, values across.
     *
     * @param axis what the values are, with their unit
     * @param log whether the scale is logarithmic
     * @param reference the value that a line marks; null for none
     * @param bars a mark in each row that is not to be passed; null in rows that have none
     */
    record Dots(
            String axis,
            boolean log,
            @Nullable Double reference,
            List<String> rows,
            List<@Nullable Double> bars,
            List<Series> series)
            implements Chart {

        /** Points of one colour. */
        public record Series(String name, int colour, List<Dot> dots) {}

        /**
         * A point.
         *
         * @param row its index
         * @param low lower end of the interval; null where there is none
         * @param raw what the value was made of
         * @param text all of it in words
         */
        public record Dot(
                int row,
                double value,
                @Nullable Double low,
                @Nullable Double high,
                List<Double> raw,
                String text) {}

        /** A point with the names of its row and series. */
        record Mark(
                String row,
                String series,
                int colour,
                double value,
                double low,
                double high,
                List<Double> raw,
                @Nullable Double bar,
                String text) {}

        /** Sorts points into rows and series, in the order in which they come. */
        static Dots of(String axis, boolean log, @Nullable Double reference, List<Mark> marks) {
            List<String> rows = marks.stream().map(Mark::row).distinct().toList();
            List<@Nullable Double> bars = new ArrayList<>();
            rows.forEach(row -> bars.add(null));
            Map<String, Series> series = new LinkedHashMap<>();
            for (Mark mark : marks) {
                int row = rows.indexOf(mark.row);
                if (mark.bar != null) {
                    bars.set(row, mark.bar);
                }
                series.computeIfAbsent(mark.series, name -> new Series(name, mark.colour, new ArrayList<>()))
                        .dots()
                        .add(new Dot(
                                row,
                                mark.value,
                                finite(mark.low),
                                finite(mark.high),
                                List.copyOf(mark.raw),
                                mark.text));
            }
            List<Series> sorted = series.values().stream()
                    .sorted(Comparator.comparingInt(Series::colour))
                    .toList();
            return new Dots(axis, log, reference, rows, bars, sorted);
        }

        private static @Nullable Double finite(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    /**
     * Values by percentile.
     *
     * @param axis what the values are, with their unit
     */
    record Curves(String axis, List<Curve> curves) implements Chart {

        /**
         * A line.
         *
         * @param dashed as the second one of a pair
         * @param points pairs: one by the share that is above, and the value
         */
        public record Curve(String name, int colour, boolean dashed, List<List<Double>> points) {}
    }

    /**
     * Shares of a whole, stacked.
     *
     * @param axis what is counted
     */
    record Stacks(String axis, List<String> rows, List<Stack> stacks) implements Chart {

        /**
         * A part of every row.
         *
         * @param tone good, open, bad or faint
         */
        public record Stack(String name, String tone, List<Integer> counts) {}
    }
}
