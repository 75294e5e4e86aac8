package org.leaklab.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every implementation does in every benchmark of the core what the benchmark counts, on each kind of thread. */
class CoreBenchmarksTest {

    /** A benchmark and a value for each of its parameters. */
    record Combination(Class<? extends CoreBenchmark> benchmark, Map<String, String> parameters) {
        @Override
        public String toString() {
            return benchmark.getSuperclass().getSimpleName() + " " + String.join(" ", parameters.values());
        }
    }

    private static SortedSet<BenchmarkListEntry> matching(String regexp) {
        return BenchmarkList.defaultList()
                .find(
                        OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                        List.of(regexp),
                        List.of());
    }

    private static List<Class<? extends CoreBenchmark>> benchmarks() {
        return matching("core").stream()
                .<Class<? extends CoreBenchmark>>map(entry -> {
                    try {
                        return Class.forName(entry.getUserClassQName().replaceFirst("\\.(\\w+)$", "\\$$1"))
                                .asSubclass(CoreBenchmark.class);
                    } catch (ClassNotFoundException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static boolean hasOption(Class<?> benchmark, String option) {
        return List.of(benchmark.getAnnotation(Fork.class).jvmArgsAppend()).contains(option);
    }

    private static List<Field> parameters(Class<?> benchmark) {
        return Arrays.stream(benchmark.getFields())
                .filter(field -> field.isAnnotationPresent(Param.class))
                .toList();
    }

    private static Combination combination(Class<? extends CoreBenchmark> benchmark, List<String> values) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<Field> fields = parameters(benchmark);
        for (int i = 0; i < fields.size(); i++) {
            parameters.put(fields.get(i).getName(), values.get(i));
        }
        return new Combination(benchmark, parameters);
    }

    /** What needs no JVM options of its own; the rest differs in nothing else, or is run by the test of the jar. */
    static List<Combination> combinations() {
        List<Combination> all = new ArrayList<>();
        for (Class<? extends CoreBenchmark> benchmark : benchmarks()) {
            if (!hasOption(benchmark, CoreBenchmark.ONE_CARRIER) && !hasOption(benchmark, CoreBenchmark.PREVIEW)) {
                List<List<String>> rows = List.of(List.of());
                for (Field field : parameters(benchmark)) {
                    List<List<String>> longer = new ArrayList<>();
                    for (List<String> row : rows) {
                        for (String value : field.getAnnotation(Param.class).value()) {
                            List<String> added = new ArrayList<>(row);
                            added.add(value);
                            longer.add(added);
                        }
                    }
                    rows = longer;
                }
                rows.forEach(row -> all.add(combination(benchmark, row)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void countsWhatItDoes(Combination combination) throws Exception {
        CoreBenchmark benchmark = combination.benchmark.getDeclaredConstructor().newInstance();
        for (Field field : parameters(combination.benchmark)) {
            String value = combination.parameters.get(field.getName());
            field.set(benchmark, field.getType() == int.class ? Integer.valueOf(value) : value);
        }
        Method body = Arrays.stream(combination.benchmark.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .findFirst()
                .orElseThrow();
        benchmark.open();
        try {
            assertThat(body.invoke(benchmark)).isEqualTo((long)
                    body.getAnnotation(OperationsPerInvocation.class).value());
        } finally {
            benchmark.close();
        }
    }

    @Test
    void coreMeansTheseAndNoOthers() {
        assertThat(matching("core"))
                .extracting(BenchmarkListEntry::getUserClassQName)
                .allSatisfy(name -> assertThat(name).startsWith(CoreBenchmark.class.getPackageName() + "."));
        assertThat(matching(CoreBenchmark.class.getPackageName()))
                .hasSameSizeAs(matching("core"))
                .isNotEmpty();
    }

    /** Else a cell would have a peer on one number of carriers and none on the other. */
    @Test
    void everyBenchmarkHasOneThatDiffersInTheNumberOfCarriersOnly() {
        Map<Class<?>, Set<String>> many = new HashMap<>();
        Map<Class<?>, Set<String>> one = new HashMap<>();
        for (Class<? extends CoreBenchmark> benchmark : benchmarks()) {
            boolean single = hasOption(benchmark, CoreBenchmark.ONE_CARRIER);
            assertThat(hasOption(benchmark, CoreBenchmark.AND_NO_MORE)).isEqualTo(single);
            assertThat(benchmark.getAnnotation(Fork.class).value()).isEqualTo(CoreBenchmark.FORKS);
            parameters(benchmark).stream()
                    .filter(field -> field.getName().equals("implementation"))
                    .forEach(field -> (single ? one : many)
                            .computeIfAbsent(benchmark.getSuperclass(), question -> new HashSet<>())
                            .addAll(List.of(field.getAnnotation(Param.class).value())));
        }
        assertThat(one).isEqualTo(many);
        assertThat(one.values())
                .allSatisfy(implementations -> assertThat(implementations).contains("leaklab"));
    }

    @Test
    void whatRunsOnOneJdkOnlyIsLeftOutOnOthers() {
        for (int release : new int[] {21, 26, 27}) {
            assertThat(ForkJoin.notOn(release))
                    .hasSize(1)
                    .allSatisfy(name -> assertThat(matching(name)).hasSize(2));
        }
        assertThat(ForkJoin.notOn(25)).isEmpty();
    }
}
