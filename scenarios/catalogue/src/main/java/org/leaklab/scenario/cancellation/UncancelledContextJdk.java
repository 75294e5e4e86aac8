package org.leaklab.scenario.cancellation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A request that runs its query on the executor of the application instead of its own.
 *
 * <p>The request reads the first row. At its end it shuts its own executor down, which interrupts every task there. The
 * query runs elsewhere: the executor of the application lives as long as the program. So nothing tells the query that
 * no thread takes its rows any more. It waits for ever to hand over the second row, and keeps its cursor and its
 * connection.
 *
 * <p>In a thread dump it is a thread in {@code SynchronousQueue.put}, in state WAITING. Nothing in the dump names the
 * request that it worked for.
 */
@Leak(
        id = "uncancelled-context",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "SynchronousQueue.put",
        cause = "the query runs on an executor that outlives the request, and nobody cancels it there",
        cure = "run the tasks of a request on an executor of the request, and shut that down when the request ends",
        unlike = "context-not-propagated: there the request is cancelled and does not pass that on; here it ends its"
                + " own executor, and the query is not on it")
public final class UncancelledContextJdk implements Scenario {

    private static final Logger LOG = System.getLogger(UncancelledContextJdk.class.getName());

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        ExecutorService application = executor(threads, "application");
        ExecutorService request = executor(threads, "request");
        BlockingQueue<String> rows = new SynchronousQueue<>();
        try {
            request.execute(() -> LOG.log(Level.DEBUG, "the first row is wanted"));
            application.execute(() -> query(rows));
            rows.take(); // one row is enough
        } finally {
            request.shutdownNow();
        }
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        ExecutorService request = executor(threads, "request");
        BlockingQueue<String> rows = new SynchronousQueue<>();
        try {
            request.execute(() -> LOG.log(Level.DEBUG, "the first row is wanted"));
            request.execute(() -> query(rows));
            rows.take(); // one row is enough
        } finally {
            request.shutdownNow();
        }
    }

    private static ExecutorService executor(Threads threads, String name) {
        return Executors.newThreadPerTaskExecutor(threads.launcher().factory(name));
    }

    /** Hands over row after row until it is interrupted. */
    private static void query(BlockingQueue<String> rows) {
        try {
            for (int number = 1; ; number++) {
                rows.put("row " + number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

// java -jar benchmarks.jar run uncancelled-context --idiom jdk
