package org.leaklab.bench.core;

import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a task cost that gets a thread of its own, from its fork to its join, with 1,000 of them in a batch? Raw
 * threads are the floor: they know neither each other nor failure nor cancellation.
 *
 * <p>The caller is a thread of the same kind. {@code StructuredTaskScope} and jox's scopes, which stand on it, fork
 * virtual threads only and need {@code --enable-preview}, so they run in JVMs of their own.
 */
public abstract class ForkJoin extends CoreBenchmark {

    private static final int TASKS = 1_000;

    /** Patterns of the names of benchmarks that cannot run on a JDK, to be left out with JMH's {@code -e}. */
    public static List<String> notOn(int release) {
        return release == 25 ? List.of() : List.of(Pattern.quote(PreviewOn25.class.getCanonicalName()));
    }

    abstract String implementation();

    @Override
    List<Crew.Part> parts() {
        Forker forker = Forker.of(implementation(), kind());
        return List.of(() -> forker.forkAndJoin(TASKS));
    }

    /** Forks and joins 1,000 tasks; per task. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public long task() throws InterruptedException {
        return round();
    }

    /** Platform threads, and virtual ones on as many carriers as there are processors. */
    public static class AllCarriers extends ForkJoin {
        @Param({"leaklab", "leaklab-launcher", "raw-threads", "per-task-executor"})
        public String implementation;

        @Param({"platform", "virtual"})
        public String threads;

        @Override
        String implementation() {
            return implementation;
        }

        @Override
        String threads() {
            return threads;
        }
    }

    /** Virtual threads on a single carrier. */
    @Fork(
            value = FORKS,
            jvmArgsAppend = {ONE_CARRIER, AND_NO_MORE, SHORT_END, SHORT_STEP})
    public static class OneCarrier extends ForkJoin {
        @Param({"leaklab", "leaklab-launcher", "raw-threads", "per-task-executor"})
        public String implementation;

        @Param({"virtual"})
        public String threads;

        @Override
        String implementation() {
            return implementation;
        }

        @Override
        String threads() {
            return threads;
        }
    }

    /** The JDK's scope. */
    @Fork(
            value = FORKS,
            jvmArgsAppend = {PREVIEW, SHORT_END, SHORT_STEP})
    public static class Preview extends ForkJoin {
        @Param({"structured-task-scope"})
        public String implementation;

        @Param({"virtual"})
        public String threads;

        @Override
        String implementation() {
            return implementation;
        }

        @Override
        String threads() {
            return threads;
        }
    }

    /** The JDK's scope on a single carrier. */
    @Fork(
            value = FORKS,
            jvmArgsAppend = {PREVIEW, ONE_CARRIER, AND_NO_MORE, SHORT_END, SHORT_STEP})
    public static class PreviewOneCarrier extends ForkJoin {
        @Param({"structured-task-scope"})
        public String implementation;

        @Param({"virtual"})
        public String threads;

        @Override
        String implementation() {
            return implementation;
        }

        @Override
        String threads() {
            return threads;
        }
    }

    /** The scope of jox, which runs on JDK 25 only. */
    @Fork(
            value = FORKS,
            jvmArgsAppend = {PREVIEW, SHORT_END, SHORT_STEP})
    public static class PreviewOn25 extends ForkJoin {
        @Param({"jox-structured"})
        public String implementation;

        @Param({"virtual"})
        public String threads;

        @Override
        String implementation() {
            return implementation;
        }

        @Override
        String threads() {
            return threads;
        }
    }

    /** The scope of jox on a single carrier. */
    @Fork(
            value = FORKS,
            jvmArgsAppend = {PREVIEW, ONE_CARRIER, AND_NO_MORE, SHORT_END, SHORT_STEP})
    public static class PreviewOn25OneCarrier extends ForkJoin {
        @Param({"jox-structured"})
        public String implementation;

        @Param({"virtual"})
        public String threads;

        @Override
        String implementation() {
            return implementation;
        }

        @Override
        String threads() {
            return threads;
        }
    }
}
