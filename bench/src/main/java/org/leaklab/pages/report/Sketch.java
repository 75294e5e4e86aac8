package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A small picture beside a finding: the points of one row of the first chart of its section, from zero or, where the
 * chart is logarithmic, from the least of them to the most.
 *
 * @param words what it shows
 * @param points from left to right
 */
public record Sketch(String words, List<Point> points) {

    /** Wide, in the units of the picture. */
    public static final int WIDTH = 160;

    private static final int MARGIN = 8;
    private static final int COLOURS = 6;

    /**
     * One value.
     *
     * @param x its place
     * @param colour the number of its colour in the style sheet
     * @param text all of it in words
     */
    public record Point(int x, int colour, String text) {}

    public Sketch {
        points = List.copyOf(points);
    }

    /** A picture of a section; none where its first chart has no row with two points. */
    static Optional<Sketch> of(List<Section.Figure> figures) {
        return figures.stream()
                .map(Section.Figure::chart)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(Chart.Dots.class::isInstance)
                .map(Chart.Dots.class::cast)
                .flatMap(Sketch::of);
    }

    private static Optional<Sketch> of(Chart.Dots chart) {
        return Stream.iterate(0, row -> row < chart.rows().size(), row -> row + 1)
                .map(row -> points(chart, row))
                .filter(points -> points.size() > 1)
                .max(Comparator.comparingInt(List::size)) // the first of the longest
                .map(points -> new Sketch(
                        chart.rows().get(points.getFirst().dot.row()) + ", " + chart.axis(), placed(chart, points)));
    }

    private record Coloured(Chart.Dots.Dot dot, int colour, String series) {}

    private static List<Coloured> points(Chart.Dots chart, int row) {
        List<Coloured> points = new ArrayList<>();
        for (Chart.Dots.Series series : chart.series()) {
            series.dots().stream()
                    .filter(dot -> dot.row() == row && Double.isFinite(dot.value()))
                    .filter(dot -> !chart.log() || dot.value() > 0)
                    .forEach(dot -> points.add(new Coloured(dot, series.colour() % COLOURS + 1, series.name())));
        }
        return points;
    }

    private static List<Point> placed(Chart.Dots chart, List<Coloured> points) {
        double most =
                points.stream().mapToDouble(point -> scaled(chart, point)).max().orElseThrow();
        double least =
                points.stream().mapToDouble(point -> scaled(chart, point)).min().orElseThrow();
        double from = chart.log() ? least : Math.min(0, least);
        double width = most > from ? most - from : 1;
        return points.stream()
                .map(point -> new Point(
                        MARGIN + (int) Math.round((WIDTH - 2 * MARGIN) * (scaled(chart, point) - from) / width),
                        point.colour,
                        point.series + ": " + point.dot.text()))
                .sorted(Comparator.comparingInt(Point::x))
                .toList();
    }

    private static double scaled(Chart.Dots chart, Coloured point) {
        return chart.log() ? Math.log(point.dot.value()) : point.dot.value();
    }
}
