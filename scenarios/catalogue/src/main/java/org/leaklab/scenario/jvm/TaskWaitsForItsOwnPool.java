package org.leaklab.scenario.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Reports that run on a pool, submit their charts to the same pool, and wait for them.
 *
 * <p>The pool has two threads, and two reports run on them. Each waits for a chart that lies in the queue of the pool.
 * A chart begins when a thread is free, and a thread is free when a report has ended. The reports, the charts and the
 * nightly run that waits for the reports stay for ever. It needs as many such tasks at the same time as the pool has
 * threads, so a larger pool only makes it rarer. Here each report waits until the other one runs, before it submits.
 *
 * <p>In a thread dump every worker of the pool is in {@code FutureTask.get}, called from a task of that pool. No lock
 * is involved, so the JVM reports no deadlock.
 */
@Leak(
        id = "task-waits-for-its-own-pool",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 3,
        at = "FutureTask.get",
        cause = "every thread of the pool waits for a task in the queue of that pool",
        cure = "give what a task waits for to another pool, or let the task do it itself",
        seenIn = {"tonivade/purefun#33", "IntellectualSites/FastAsyncWorldEdit#3609"})
public final class TaskWaitsForItsOwnPool implements Scenario {

    @Override
    public void leaky(Threads threads) {
        threads.start("nightly run", () -> {
            try (ExecutorService reports = pool(threads, "report")) {
                printAll(reports, reports);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("nightly run", () -> {
            try (ExecutorService reports = pool(threads, "report");
                    ExecutorService charts = pool(threads, "chart")) {
                printAll(reports, charts);
            }
        });
    }

    private static ExecutorService pool(Threads threads, String name) {
        return Executors.newFixedThreadPool(2, threads.launcher().factory(name));
    }

    private static void printAll(ExecutorService reports, ExecutorService charts) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        List<Future<String>> printed = new ArrayList<>();
        for (String month : List.of("May", "June")) {
            printed.add(reports.submit(() -> {
                running.countDown();
                running.await();
                return print(month, charts.submit(() -> draw(month)));
            }));
        }
        for (Future<String> report : printed) {
            deliver(report);
        }
    }

    private static String deliver(Future<String> report) throws InterruptedException {
        try {
            return report.get();
        } catch (ExecutionException e) {
            return "no report: " + e.getCause();
        }
    }

    private static String print(String month, Future<String> chart) throws InterruptedException, ExecutionException {
        return "Sales in " + month + "\n" + chart.get();
    }

    private static String draw(String month) {
        return "#".repeat(month.length());
    }
}

// java -jar benchmarks.jar run task-waits-for-its-own-pool --idiom jdk
