package org.leaklab.field.healthy;

import java.sql.SQLException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Shop;
import org.leaklab.field.Threads;

/** Jetty whose handlers run on virtual threads, with a database behind a pool, under load. */
@Expected(value = Answer.HEALTHY, after = "Jetty with virtual threads and HikariCP, under load")
public final class JettyBusy implements Program {

    private static @Nullable Server server;

    @Override
    public void start(Threads threads) throws Exception {
        Shop shop = new Shop();
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request "));
        Server jetty = new Server(pool);
        ServerConnector connector = new ServerConnector(jetty);
        jetty.addConnector(connector);
        jetty.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws SQLException {
                Content.Sink.write(response, true, shop.sell(), callback);
                return true;
            }
        });
        jetty.start();
        server = jetty;
        Load.start(connector.getLocalPort());
    }
}
