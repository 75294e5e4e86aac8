package org.leaklab.field.stuck;

import java.util.concurrent.TimeUnit;
import org.apache.http.HttpHost;
import org.apache.http.conn.ConnectionRequest;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/**
 * Nobody gives back the connections of a pool, and only the threads that wait have this pool. It has a finalizer, so
 * the JVM has it too.
 */
@Expected(value = Answer.LEAKED, stuck = 2, bothKinds = true, after = "clj-http #407")
public final class HttpClientPoolForgotten implements Program {

    @Override
    public void start(Threads threads) throws Exception {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        pool.setDefaultMaxPerRoute(1);
        HttpRoute route = new HttpRoute(new HttpHost("localhost", 1));
        pool.requestConnection(route, null).get(1, TimeUnit.SECONDS);
        for (int i = 0; i < 2; i++) {
            threads.stuck(i, () -> {
                ConnectionRequest request = pool.requestConnection(route, null);
                return request.get(0, TimeUnit.SECONDS); // no limit
            });
        }
    }
}
