package org.leaklab.scenario.jvm;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An executor that is made for one request, used, and forgotten.
 *
 * <p>Its workers have done their tasks and wait for the next one. No other thread knows the executor, so no task can
 * come, and no thread can shut it down. The workers hold it, so it is not collected while they live. Each request
 * leaves its workers with their stacks. An interrupt does not end them: a worker takes it as a hint to look at the
 * state of its executor, and goes back to wait. The lab does not hold the executor either: in the end it closes the
 * executor because the workers still reach it.
 */
@Leak(
        id = "executor-never-shut-down",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 2,
        at = "ThreadPoolExecutor.getTask",
        endedBy = EndedBy.CLOSE,
        cause = "idle workers wait for tasks of an executor that nobody knows any more",
        cure = "make an executor in a try-with-resources statement, or one for all requests",
        seenIn = {"NCEAS/metacat#1442", "hiero-ledger/hiero-sdk-java#1084", "lightblue-platform/lightblue-core#632"})
public final class ExecutorNeverShutDown implements Scenario {

    private static final List<Callable<Integer>> QUERIES = List.of(() -> 12, () -> 30);

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        ExecutorService pool = threads.closingWithoutHolding(
                Executors.newFixedThreadPool(2, threads.launcher().factory("worker")));
        pool.invokeAll(QUERIES);
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        try (ExecutorService pool =
                Executors.newFixedThreadPool(2, threads.launcher().factory("worker"))) {
            pool.invokeAll(QUERIES);
        }
    }
}

// java -jar benchmarks.jar run executor-never-shut-down --idiom jdk
