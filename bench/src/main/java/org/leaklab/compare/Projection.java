package org.leaklab.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What rows or columns of a comparison stand for: some of {@value #BENCHMARK}, {@value #MODE}, {@value #JDK},
 * {@value #FILE} and the names of parameters.
 *
 * @param keys in order
 */
record Projection(List<String> keys) {

    static final String BENCHMARK = "benchmark";
    static final String MODE = "mode";
    static final String JDK = "jdk";
    static final String FILE = "file";

    private static final List<String> FIXED = List.of(BENCHMARK, MODE, JDK, FILE);

    /** All that measures have, without what others stand for already, and without file and JDK. */
    static Projection rest(List<Measure> measures, Projection taken) {
        List<String> keys = new java.util.ArrayList<>(List.of(BENCHMARK, MODE));
        keys.addAll(params(measures));
        keys.removeAll(taken.keys);
        return new Projection(keys);
    }

    /**
     * From the words of an option.
     *
     * @throws IllegalArgumentException if no result has something of that name
     */
    static Projection parse(String option, String words, List<Measure> measures) {
        List<String> keys = List.of(words.split(",", -1));
        SortedSet<String> params = params(measures);
        for (String key : keys) {
            if (!FIXED.contains(key) && !params.contains(key)) {
                throw new IllegalArgumentException("nothing is called \"" + key + "\" that " + option
                        + " could take: it is one of " + String.join(", ", FIXED)
                        + (params.isEmpty() ? "" : ", or a parameter: " + String.join(", ", params)));
            }
        }
        return new Projection(keys);
    }

    private static SortedSet<String> params(List<Measure> measures) {
        SortedSet<String> names = new TreeSet<>();
        measures.forEach(measure -> names.addAll(measure.result().params().keySet()));
        return names;
    }

    /** What a measure is by these keys; without parameters that it has not. */
    Map<String, String> of(Measure measure) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : keys) {
            String value = switch (key) {
                case BENCHMARK -> measure.result().benchmark();
                case MODE -> measure.result().mode();
                case JDK -> measure.result().jdk();
                case FILE -> measure.file();
                default -> measure.result().params().get(key);
            };
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    /** The parameters among values. */
    static Map<String, String> params(Map<String, String> values) {
        Map<String, String> params = new TreeMap<>(values);
        FIXED.forEach(params::remove);
        return params;
    }
}
