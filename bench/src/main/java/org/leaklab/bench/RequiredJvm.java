package org.leaklab.bench;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;

/**
 * Which JVM the values of a benchmark's parameters require, as its {@link Further} annotations say. The runner starts
 * forks so; a benchmark checks at its set-up that it is in such a JVM, and measures nothing in another one.
 */
public final class RequiredJvm {

    private final SortedMap<String, List<Further>> further = new TreeMap<>();

    private RequiredJvm(Class<?> benchmark) {
        parameters(benchmark).forEach(field -> {
            List<Further> values = List.of(field.getAnnotationsByType(Further.class));
            if (!values.isEmpty()) {
                further.put(field.getName(), values);
            }
        });
    }

    private static Stream<Field> parameters(Class<?> benchmark) {
        return Arrays.stream(benchmark.getFields()).filter(field -> field.isAnnotationPresent(Param.class));
    }

    /** What a class of benchmarks requires. */
    static RequiredJvm of(Class<?> benchmark) {
        return new RequiredJvm(benchmark);
    }

    /** What a benchmark requires, by its full name with the method, as JMH writes it. */
    public static RequiredJvm of(String benchmark) {
        String name = benchmark.substring(0, benchmark.lastIndexOf('.'));
        while (true) {
            try {
                return of(Class.forName(name, false, RequiredJvm.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                int end = name.lastIndexOf('.');
                if (end < 0) {
                    throw new IllegalArgumentException("there is no benchmark " + benchmark, e);
                }
                name = name.substring(0, end) + "$" + name.substring(end + 1); // it may be a nested class
            }
        }
    }

    /**
     * Refuses to measure in another JVM than the values of a benchmark's parameters require.
     *
     * @throws IllegalStateException if this JVM differs; the message says in a sentence which options are wanted
     */
    public static void check(Object benchmark) {
        RequiredJvm required = of(benchmark.getClass());
        SortedMap<String, String> params = new TreeMap<>();
        parameters(benchmark.getClass()).forEach(field -> {
            try {
                params.put(field.getName(), String.valueOf(field.get(benchmark)));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        });
        required.obstacle(Runtime.version().feature(), params)
                .or(() -> required.mismatch(
                        params, ManagementFactory.getRuntimeMXBean().getInputArguments()))
                .ifPresent(sentence -> {
                    throw new IllegalStateException(sentence);
                });
    }

    /** The values that JMH's annotations do not have, by parameter. */
    public SortedMap<String, List<String>> furtherValues() {
        SortedMap<String, List<String>> values = new TreeMap<>();
        further.forEach(
                (name, all) -> values.put(name, all.stream().map(Further::value).toList()));
        return values;
    }

    /** Why values cannot be measured on a release of the JDK, in a sentence; empty when they can. */
    public Optional<String> obstacle(int release, Map<String, String> params) {
        for (String name : further.keySet()) {
            Further chosen = chosen(name, params, release);
            if (chosen == null) {
                continue;
            }
            String what = name + "=" + chosen.value();
            String other = chosen.with().replaceFirst("=.*", "");
            if (!chosen.with().isEmpty() && !chosen.with().equals(other + "=" + params.get(other))) {
                return Optional.of(
                        what + " goes with " + chosen.with() + " only, not with " + other + "=" + params.get(other));
            }
            if (chosen.release() != 0 && chosen.release() != release) {
                return Optional.of(what + " runs on JDK " + chosen.release() + " only, and this is JDK " + release);
            }
        }
        return Optional.empty();
    }

    /** The options that a JVM of the release that this one has needs for these values. */
    public List<String> options(Map<String, String> params) {
        return options(Runtime.version().feature(), params);
    }

    /** The options that a JVM of a release needs for these values. */
    List<String> options(int release, Map<String, String> params) {
        return further.keySet().stream()
                .map(name -> chosen(name, params, release))
                .filter(Objects::nonNull)
                .flatMap(value -> Arrays.stream(value.jvmOptions()))
                .distinct()
                .toList();
    }

    /** The one of the release, else the one of all releases, else one that cannot run here. */
    private @Nullable Further chosen(String name, Map<String, String> params, int release) {
        return further.getOrDefault(name, List.of()).stream()
                .filter(value -> value.value().equals(params.get(name)))
                .min(Comparator.comparingInt(value -> value.release() == release ? 0 : value.release() == 0 ? 1 : 2))
                .orElse(null);
    }

    /**
     * How a JVM differs from what values require, in a sentence; empty when it does not.
     *
     * @param arguments what the JVM was started with
     */
    Optional<String> mismatch(Map<String, String> params, List<String> arguments) {
        List<String> wanted = options(params);
        List<String> there = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        for (String key : keys()) {
            effective(key, arguments).ifPresent(option -> {
                there.add(option);
                if (wanted.stream().noneMatch(other -> key(other).equals(key))) {
                    unwanted.add(option);
                }
            });
        }
        List<String> lacking =
                wanted.stream().filter(option -> !there.contains(option)).toList();
        if (!lacking.isEmpty()) {
            return Optional.of(words(params) + " needs a JVM with " + String.join(" ", lacking)
                    + ": give JMH -jvmArgsPrepend \"" + String.join(" ", wanted)
                    + "\", or let the command bench start the JVM");
        }
        return unwanted.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        words(params) + " needs a JVM without " + String.join(" ", unwanted) + ": leave that out");
    }

    private String words(Map<String, String> params) {
        return further.keySet().stream()
                .map(name -> name + "=" + params.get(name))
                .collect(Collectors.joining(" "));
    }

    /** What all options begin with that any value asks for. */
    private List<String> keys() {
        return further.values().stream()
                .flatMap(Collection::stream)
                .flatMap(value -> Arrays.stream(value.jvmOptions()))
                .map(RequiredJvm::key)
                .distinct()
                .toList();
    }

    /** The option without its value. */
    private static String key(String option) {
        return option.replaceFirst("=.*", "");
    }

    /** The last of several options with the same key, which is the one that counts. */
    private static Optional<String> effective(String key, List<String> arguments) {
        return arguments.stream().filter(argument -> key(argument).equals(key)).reduce((first, last) -> last);
    }
}
