package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to let a pool of four workers do a task, from its submission to its result? There is one task at a
 * time, so this is the way there and back; the task itself is nothing.
 */
public class PoolSubmit extends CoreBenchmark {

    @Param({"leaklab", "fixed-thread-pool", "per-task-executor"})
    public String implementation;

    @Override
    List<Crew.Part> parts() throws InterruptedException {
        return Pool.oneByOne(closing(Pool.of(implementation, kind())));
    }

    /** Submits 2,000 tasks, one by one; per task. */
    @Benchmark
    @OperationsPerInvocation(Pool.TASKS)
    public long task() throws InterruptedException {
        return round(Pool.TASKS);
    }
}
