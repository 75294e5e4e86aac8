package org.leaklab.scenario.cancellation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A handler waits in {@code Future.get()} for a reply that never comes.
 *
 * <p>The database has taken the query and never replies, so no thread completes the future. {@code get()} without a
 * limit waits for ever. The handler keeps its thread, its client's connection and the query. With each such request the
 * server loses one more handler.
 *
 * <p>In a thread dump the handler is in {@code CompletableFuture.get}, in state WAITING, and {@code waitingGet} is
 * among its frames; with a limit it is {@code timedGet}.
 */
@Leak(
        id = "blocking-call-without-timeout",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "CompletableFuture.get",
        cause = "get() waits without a limit, and the one who should complete the future never does",
        cure = "wait with a limit, as get(time, unit) does; when it is over, cancel the future and say what happens")
public final class BlockingCallWithoutTimeoutJdk implements Scenario {

    private static final Logger LOG = System.getLogger(BlockingCallWithoutTimeoutJdk.class.getName());
    private static final long LIMIT_MILLIS = 20;

    private record Query(int id, CompletableFuture<String> reply) {}

    @Override
    public void leaky(Threads threads) {
        Queue<Query> database = new ConcurrentLinkedQueue<>(); // takes the query, and never replies
        threads.start("handler", () -> {
            CompletableFuture<String> page = find(database, 7);
            show(page.get());
        });
    }

    @Override
    public void fixed(Threads threads) {
        Queue<Query> database = new ConcurrentLinkedQueue<>(); // takes the query, and never replies
        threads.start("handler", () -> {
            CompletableFuture<String> page = find(database, 7);
            try {
                show(page.get(LIMIT_MILLIS, MILLISECONDS));
            } catch (TimeoutException e) {
                page.cancel(false); // takes the query back
                show("please try again later");
            }
        });
    }

    private static void show(String page) {
        LOG.log(Level.DEBUG, page);
    }

    private static CompletableFuture<String> find(Queue<Query> database, int id) {
        Query query = new Query(id, new CompletableFuture<>());
        database.add(query);
        var ignored = query.reply().whenComplete((page, failure) -> database.remove(query)); // or when cancelled
        return query.reply();
    }
}

// java -jar benchmarks.jar run blocking-call-without-timeout --idiom jdk
