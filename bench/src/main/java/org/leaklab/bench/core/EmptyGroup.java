package org.leaklab.bench.core;

import java.util.List;
import org.leaklab.bench.Further;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a task group cost by itself: opened, joined and closed, with no task in it? And does that depend on how
 * deep the stack is, as it does where an exception is filled in?
 *
 * <p>With {@code -prof gc} the row {@code gc.alloc.rate.norm} says how many bytes it allocates. The allocation is that
 * of the crew's threads too, which do nothing else.
 */
public class EmptyGroup extends CoreBenchmark {

    private static final int GROUPS = 10_000;
    private static final String PREVIEW = "--enable-preview";

    @Param({"leaklab", "per-task-executor"})
    @Further(value = "structured-task-scope", with = "threads=virtual", jvmOptions = PREVIEW)
    public String implementation;

    /** How many frames more than none the stack is deep. */
    @Param({"0", "400"})
    public int depth;

    @Override
    List<Crew.Part> parts() {
        Forker forker = Forker.of(implementation, kind());
        return List.of(() -> atDepth(depth, forker));
    }

    private static long atDepth(int frames, Forker forker) throws Exception {
        return frames == 0 ? groups(forker) : atDepth(frames - 1, forker);
    }

    private static long groups(Forker forker) throws Exception {
        long empty = 0;
        for (int i = 0; i < GROUPS; i++) {
            if (forker.forkAndJoin(0) == 0) {
                empty++;
            }
        }
        return empty;
    }

    /** Opens, joins and closes 10,000 groups; per group. */
    @Benchmark
    @OperationsPerInvocation(GROUPS)
    public long group() throws InterruptedException {
        return round(GROUPS);
    }
}
