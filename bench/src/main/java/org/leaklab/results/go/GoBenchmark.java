package org.leaklab.results.go;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of results.
 *
 * @param settings what the lines {@code key: value} above it say
 * @param name as printed, with {@code Benchmark} and the number of processors
 * @param iterations how many the values are the mean of
 * @param values by unit, in the order of the line
 */
public record GoBenchmark(Map<String, String> settings, String name, long iterations, Map<String, Double> values) {

    /**
     * The setting that says of which file a line is where results of a JVM were written in this format; Go's tools tell
     * sides apart by it.
     */
    public static final String COLUMN = "column";

    private static final String BEGINNING = "Benchmark";
    private static final Pattern PROCESSORS = Pattern.compile("-(\\d+)$");
    private static final int MOST_DIGITS = 9;

    public GoBenchmark {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The setting of a name, or another word where there is none. */
    String setting(String key, String otherwise) {
        return settings.getOrDefault(key, otherwise);
    }

    /** Whether a JVM measured it, and somebody wrote it as Go would have. */
    boolean isOfJvm() {
        return settings.containsKey(COLUMN);
    }

    /** The last word of the package; {@code go} where the file does not name the package. */
    String group() {
        return setting("pkg", "go").replaceFirst(".*/", "");
    }

    /** The full name of the benchmark that it is a row of, as JMH would have it. */
    String benchmark() {
        String names = words().filter(word -> !word.contains("=")).collect(Collectors.joining("."));
        String in = setting("pkg", "").replace('/', '.');
        return in.isEmpty() ? names : in + "." + names;
    }

    /** Its parameters, by name. */
    Map<String, String> params() {
        Map<String, String> params = new TreeMap<>();
        words().filter(word -> word.contains("="))
                .forEach(word -> params.put(word.replaceFirst("=.*", ""), word.replaceFirst("[^=]*=", "")));
        return params;
    }

    /** The number of processors at the end of the name, or of threads where a JVM measured; Go leaves out a 1. */
    int threads() {
        Matcher processors = PROCESSORS.matcher(name);
        return processors.find() && processors.group(1).length() <= MOST_DIGITS
                ? Integer.parseInt(processors.group(1))
                : 1;
    }

    private Stream<String> words() {
        String bare = PROCESSORS.matcher(name.substring(BEGINNING.length())).replaceFirst("");
        return Stream.of(bare.split("/")).filter(word -> !word.isEmpty());
    }

    /** The unit of the time of an operation, which is what it is about; where there is none, the first unit. */
    String primaryUnit() {
        return values.keySet().stream()
                .filter(unit -> unit.matches("(ns|us|ms|s)/op"))
                .findFirst()
                .orElse(values.keySet().iterator().next());
    }
}
