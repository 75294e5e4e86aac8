package org.leaklab.scenario.io;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A pool of two connections, and an error path that does not give its connection back.
 *
 * <p>Two orders are refused by the database. The exception leaves the method before {@code close()}, so each of the two
 * takes a connection out of the pool for good. No thread uses these connections; they are simply not in the queue. All
 * later orders wait for a connection, and nothing can come. The mistake may be hours old when the first of them gets
 * stuck.
 *
 * <p>In a thread dump all of them wait in the pool, and none works with a connection. That is the sign of lost
 * connections: in a pool that is only too small, as many threads as it has connections would be at work.
 */
@Leak(
        id = "connection-pool-exhausted",
        idiom = Idiom.JDK,
        family = Family.IO,
        stuck = 3,
        at = "ConnectionPoolExhausted.Pool.take",
        cause = "an exception skips the close() that gives the connection back to the pool",
        cure = "take a connection in try-with-resources, also where it cannot fail today",
        seenIn = {"neo4j/neo4j-java-driver#167", "USACE/cwms-data-api#530"})
public final class ConnectionPoolExhausted implements Scenario {

    private static final Logger LOG = System.getLogger(ConnectionPoolExhausted.class.getName());

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        run(threads, new Pool(2), (pool, pieces) -> {
            Connection connection = pool.take();
            connection.insertOrder(pieces);
            connection.close();
        });
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        run(threads, new Pool(2), (pool, pieces) -> {
            try (Connection connection = pool.take()) {
                connection.insertOrder(pieces);
            }
        });
    }

    /** First two orders that the database refuses, and then three good ones at the same time. */
    private static void run(Threads threads, Pool pool, Shop shop) throws InterruptedException {
        var refused = threads.start("refused orders", () -> {
            for (int pieces : new int[] {0, -1}) {
                try {
                    shop.order(pool, pieces);
                } catch (IllegalArgumentException e) {
                    LOG.log(Level.DEBUG, "please check your order", e);
                }
            }
        });
        refused.thread().join();
        for (int i = 0; i < 3; i++) {
            threads.start("order", () -> shop.order(pool, 7));
        }
    }

    private interface Shop {
        void order(Pool pool, int pieces) throws InterruptedException;
    }

    private static final class Pool {

        private final BlockingQueue<Connection> idle;

        Pool(int size) {
            idle = new ArrayBlockingQueue<>(size);
            for (int i = 0; i < size; i++) {
                idle.add(new Connection(this));
            }
        }

        Connection take() throws InterruptedException {
            return idle.take();
        }
    }

    private record Connection(Pool pool) implements AutoCloseable {

        void insertOrder(int pieces) {
            if (pieces <= 0) {
                throw new IllegalArgumentException("check constraint: pieces > 0");
            }
        }

        /** Gives it back to its pool. */
        @Override
        public void close() {
            pool.idle.add(this);
        }
    }
}

// java -jar benchmarks.jar run connection-pool-exhausted --idiom jdk
