package org.leaklab.bench.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a group, and how they are measured. What is absent is as the annotations of the benchmark say.
 *
 * @param forks JVMs a row
 * @param warmupIterations before what counts, in each fork
 * @param warmupTime of each, as JMH takes it: 100ms, 1s
 * @param measurementIterations in each fork
 * @param measurementTime of each
 * @param only patterns, one of which is found in the name of each benchmark without {@code org.leaklab.bench.}; empty
 *     for all
 * @param params values by name of the parameter. A benchmark takes those that it knows and has no row when it knows
 *     none; a parameter that is a number takes any.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Part(
        @Nullable Integer forks,
        @Nullable Integer warmupIterations,
        @Nullable String warmupTime,
        @Nullable Integer measurementIterations,
        @Nullable String measurementTime,
        List<String> only,
        Map<String, List<String>> params) {

    public Part { // Jackson passes null for what is absent
        only = only == null ? List.of() : List.copyOf(only);
        params = params == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** The same with other values for some parameters, and another number of forks unless that is null. */
    Part with(Map<String, List<String>> others, @Nullable Integer otherForks) {
        Map<String, List<String>> all = new LinkedHashMap<>(params);
        all.putAll(others);
        return new Part(
                otherForks == null ? forks : otherForks,
                warmupIterations,
                warmupTime,
                measurementIterations,
                measurementTime,
                only,
                all);
    }
}
