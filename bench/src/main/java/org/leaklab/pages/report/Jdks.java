package org.leaklab.pages.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDKs of some results, and Go where it was measured too. One is called by its feature release, 25 or Go 1.27, or
 * by its whole version where there are two of a release.
 */
final class Jdks {

    private static final Comparator<String> BY_NUMBERS = (one, other) -> {
        String[] a = withoutSide(one).split("\\.", -1);
        String[] b = withoutSide(other).split("\\.", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = a[i].matches("\\d{1,9}") && b[i].matches("\\d{1,9}")
                    ? Integer.compare(Integer.parseInt(a[i]), Integer.parseInt(b[i]))
                    : a[i].compareTo(b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    };

    private static final String GO = "Go ";

    /** In tables of JMH, and in what JMH wrote long ago. */
    private static final String UNKNOWN = "?";

    private final Map<String, Set<String>> versions = new TreeMap<>(BY_NUMBERS);
    private final Map<String, String> called = new ConcurrentHashMap<>(); // topics are made side by side

    /** @param sides results of one JDK that stand against each other, in order: see {@link Sides} */
    Jdks(List<String> sides, Stream<String> all) {
        List<String> plain = sides.stream().map(Jdks::plain).toList();
        Comparator<String> order = BY_NUMBERS.thenComparingInt(plain::indexOf);
        all.map(Jdks::plain).forEach(version -> {
            Set<String> ofRelease = versions.computeIfAbsent(feature(version), none -> new TreeSet<>(order));
            if (!version.equals(feature(version))) { // a folder is called by its release alone
                ofRelease.add(version);
            }
        });
    }

    /** Without the number of the build. */
    private static String plain(String version) {
        int side = version.indexOf(Sides.OPEN);
        return side < 0
                ? version.replaceFirst("^1\\.(\\d+\\.\\d+)_(?=\\d)", "$1.") // 1.8.0_312 is 8.0.312
                        .replaceFirst("[+_-].*", "")
                        .replaceFirst("^1\\.", "")
                        .replaceFirst("^go(?=\\d)", GO)
                : plain(version.substring(0, side)) + version.substring(side);
    }

    private static String withoutSide(String version) {
        int side = version.indexOf(Sides.OPEN);
        return side < 0 ? version : version.substring(0, side);
    }

    private static String feature(String version) {
        String plain = withoutSide(version);
        return plain.startsWith(GO)
                ? plain.replaceFirst("^(\\D+\\d+\\.\\d+).*", "$1")
                : plain.replaceFirst("\\..*", "");
    }

    /** What a version is called. */
    String label(String version) {
        return called.computeIfAbsent(version, this::name);
    }

    private String name(String version) {
        String plain = plain(version);
        return versions.getOrDefault(feature(plain), Set.of()).size() > 1 ? plain : feature(plain);
    }

    /** The same with what it is: JDK 25, or Go 1.27. An unknown one is called by what tells it apart. */
    static String named(String label) {
        if (label.equals(UNKNOWN)) {
            return "an unknown JDK";
        }
        return label.startsWith(UNKNOWN + Sides.OPEN)
                ? label.substring(UNKNOWN.length() + Sides.OPEN.length(), label.length() - 1)
                : label.startsWith(GO) ? label : "JDK " + label;
    }

    /** Several: JDK 25, 26 and Go 1.27. */
    static String named(List<String> labels) {
        if (labels.stream().anyMatch(label -> label.startsWith(UNKNOWN))) {
            return Numbers.list(labels.stream().map(Jdks::named).toList());
        }
        String all = Numbers.list(labels);
        return labels.isEmpty() ? all : named(all);
    }

    /** All of them, the oldest first, and Go after the JDKs. */
    List<String> labels() {
        return versions.entrySet().stream()
                .flatMap(release ->
                        release.getValue().size() > 1 ? release.getValue().stream() : Stream.of(release.getKey()))
                .toList();
    }

    /** The same in the same colour everywhere. */
    int colour(String version) {
        String label = label(version);
        List<String> labels = labels();
        int known = labels.indexOf(label);
        return known >= 0
                ? known
                : labels.indexOf(labels.stream() // a release alone, of which there are two versions
                        .filter(other -> feature(other).equals(label))
                        .findFirst()
                        .orElse(labels.getFirst()));
    }

    /** A word of several JDKs for a sentence: one where all say the same, or what each says. */
    static String say(Map<String, String> byLabel) {
        Map<String, List<String>> bySaying = byLabel.keySet().stream()
                .collect(Collectors.groupingBy(
                        byLabel::get,
                        LinkedHashMap::new,
                        Collectors.mapping(Function.identity(), Collectors.toList())));
        List<String> said = bySaying.entrySet().stream()
                .map(same -> same.getKey() + " on " + named(same.getValue()))
                .toList();
        boolean simple = bySaying.keySet().stream().noneMatch(words -> words.contains(", ") || words.contains(" and "));
        return simple ? Numbers.list(said) : String.join("; ", said);
    }

    /** From the least to the most of several JDKs, with the JDK of each; one where all say the same. */
    static String spread(Map<String, Double> byLabel, Function<Double, String> words) {
        Comparator<Map.Entry<String, Double>> byValue = Map.Entry.comparingByValue();
        Map.Entry<String, Double> least =
                byLabel.entrySet().stream().min(byValue).orElseThrow();
        Map.Entry<String, Double> most =
                byLabel.entrySet().stream().max(byValue).orElseThrow();
        String one = words.apply(least.getValue());
        String other = words.apply(most.getValue());
        return one.equals(other)
                ? one
                : one + " (" + named(least.getKey()) + ") to " + other + " (" + named(most.getKey()) + ")";
    }
}
