package org.leaklab.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.bench.Further;
import org.leaklab.bench.RequiredJvm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every implementation does in every benchmark of the core what the benchmark counts, on each kind of thread. */
@Tag("once")
class CoreBenchmarksTest {

    /** A benchmark and a value for each of its parameters. */
    record Combination(Class<? extends CoreBenchmark> benchmark, Map<String, String> parameters) {
        @Override
        public String toString() {
            return benchmark.getSimpleName() + " " + String.join(" ", parameters.values());
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
                        return Class.forName(entry.getUserClassQName()).asSubclass(CoreBenchmark.class);
                    } catch (ClassNotFoundException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
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

    /** What plain JMH runs. Further values need JVM options; tests of the jar run some. */
    static List<Combination> combinations() {
        List<Combination> all = new ArrayList<>();
        for (Class<? extends CoreBenchmark> benchmark : benchmarks()) {
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

    /** One that loses a value on the way. */
    public static class Lossy extends CoreBenchmark {
        @Override
        List<Crew.Part> parts() {
            return List.of(() -> 9);
        }
    }

    @Test
    void aRoundThatLosesSomethingFails() throws Exception {
        Lossy lossy = new Lossy();
        lossy.threads = "virtual";
        lossy.carriers = "default";
        lossy.open();
        try {
            assertThat(lossy.round(9)).isEqualTo(9);
            assertThatIllegalStateException()
                    .isThrownBy(() -> lossy.round(10))
                    .withMessage("a round did 9 operations of 10");
        } finally {
            lossy.close();
        }
    }

    /** The compiler looks into those only. */
    @Test
    void methodHandlesOfScopesAreConstants() {
        for (Class<?> binding : List.of(PreviewForker.Scope.class, PreviewForker.Jox.class)) {
            assertThat(Arrays.stream(binding.getDeclaredFields())
                            .filter(field -> field.getType() == MethodHandle.class))
                    .isNotEmpty()
                    .allMatch(
                            field -> Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers()));
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
    void everyImplementationRunsOnOneCarrierToo() {
        for (Class<? extends CoreBenchmark> benchmark : benchmarks()) {
            RequiredJvm jvm = RequiredJvm.of(benchmark.getName() + ".any");
            assertThat(jvm.furtherValues()).containsEntry("carriers", List.of("1"));
            assertThat(benchmark.getAnnotation(Fork.class).value()).isEqualTo(CoreBenchmark.FORKS);
            assertThat(implementations(benchmark)).contains("leaklab").allSatisfy(implementation -> {
                Map<String, String> one =
                        Map.of("implementation", implementation, "threads", "virtual", "carriers", "1");
                assertThat(jvm.obstacle(25, one)).isEmpty();
                assertThat(jvm.options(one))
                        .contains(
                                "-Djdk.virtualThreadScheduler.parallelism=1",
                                "-Djdk.virtualThreadScheduler.maxPoolSize=1");
                assertThat(jvm.obstacle(25, Map.of("threads", "platform", "carriers", "1")))
                        .isNotEmpty();
            });
        }
    }

    private static List<String> implementations(Class<? extends CoreBenchmark> benchmark) {
        List<String> all = new ArrayList<>();
        for (Field field : parameters(benchmark)) {
            if (field.getName().equals("implementation")) {
                all.addAll(List.of(field.getAnnotation(Param.class).value()));
                for (Further further : field.getAnnotationsByType(Further.class)) {
                    all.add(further.value());
                }
            }
        }
        return all;
    }

    /** What is asked for by name all the same is refused before anything starts. */
    @Test
    void aBenchmarkRefusesAJvmThatIsNotTheOneOfItsValues() {
        PingPong one = new PingPong();
        one.implementation = "leaklab";
        one.threads = "virtual";
        one.carriers = "1";
        assertThatIllegalStateException()
                .isThrownBy(one::open)
                .withMessageStartingWith("carriers=1 needs a JVM with -Djdk.virtualThreadScheduler.parallelism=1 ");
        ForkJoin preview = new ForkJoin();
        preview.implementation = "structured-task-scope";
        preview.threads = "virtual";
        preview.carriers = "default";
        assertThatIllegalStateException()
                .isThrownBy(preview::open)
                .withMessageStartingWith(
                        "carriers=default implementation=structured-task-scope needs a JVM with --enable-preview: ");
    }
}
