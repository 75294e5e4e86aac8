package org.leaklab.scenario.cancellation;

import java.time.Duration;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.SendChannel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A handler with a deadline that calls something which takes no context.
 *
 * <p>The database has taken the query and never replies. The handler's context expires in time, but the call below it
 * does not know the context: it waits for the reply alone. A deadline has no effect in a method that takes no context:
 * the handler keeps its thread, its client's connection and the query's connection. In the cure the query carries the
 * context too, so the database learns that nobody waits for the reply.
 *
 * <p>In Go: {@code db.Query(sql)} where {@code db.QueryContext(ctx, sql)} belongs.
 */
@Leak(
        id = "blocking-call-without-timeout",
        family = Family.CANCELLATION,
        stuck = 1,
        at = "Channel.receive",
        cause = "the callee takes no context and waits without a limit, so the caller's deadline does not reach it",
        cure = "let every method that may block take a context, and wait under it")
public final class BlockingCallWithoutTimeout implements Scenario {

    private static final Duration LIMIT = Duration.ofMillis(20);

    /** The database drops a query when its context has ended. */
    private record Query(Context context, int id, SendChannel<String> reply) {}

    @Override
    public void leaky(Threads threads) {
        Channel<Query> database = Channel.buffered(1); // takes the query, and never replies
        Channel<String> page = Channel.buffered(1);
        threads.start("handler", () -> {
            try (Context request = Context.background().withTimeout(LIMIT)) {
                page.send(request, find(database, 7));
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        Channel<Query> database = Channel.buffered(1); // takes the query, and never replies
        Channel<String> page = Channel.buffered(1);
        threads.start("handler", () -> {
            try (Context request = Context.background().withTimeout(LIMIT)) {
                page.send(request, find(request, database, 7));
            }
        });
    }

    private static String find(SendChannel<Query> database, int id) throws InterruptedException {
        Channel<String> reply = Channel.buffered(1);
        database.send(new Query(Context.background(), id, reply));
        return reply.receive();
    }

    private static String find(Context context, SendChannel<Query> database, int id) throws InterruptedException {
        Channel<String> reply = Channel.buffered(1);
        database.send(context, new Query(context, id, reply));
        return reply.receive(context);
    }
}

// java -jar benchmarks.jar run blocking-call-without-timeout --idiom channel
