package org.leaklab.bench.core;

import java.util.List;
import org.leaklab.bench.Further;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a task cost that gets a thread of its own, from its fork to its join, with 1,000 of them in a batch? Raw
 * threads are the floor: they know neither each other nor failure nor cancellation.
 *
 * <p>The caller is a thread of the same kind. {@code StructuredTaskScope} is a preview of the JDK, and the scopes of
 * jox stand on it. Both fork virtual threads only.
 */
public class ForkJoin extends CoreBenchmark {

    private static final int TASKS = 1_000;
    private static final String PREVIEW = "--enable-preview";

    @Param({"leaklab", "leaklab-launcher", "raw-threads", "per-task-executor"})
    @Further(value = "structured-task-scope", with = "threads=virtual", jvmOptions = PREVIEW)
    @Further(value = "jox-structured", with = "threads=virtual", jvmOptions = PREVIEW, release = 25)
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        Forker forker = Forker.of(implementation, kind());
        return List.of(() -> forker.forkAndJoin(TASKS));
    }

    /** Forks and joins 1,000 tasks; per task. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public long task() throws InterruptedException {
        return round(TASKS);
    }
}
