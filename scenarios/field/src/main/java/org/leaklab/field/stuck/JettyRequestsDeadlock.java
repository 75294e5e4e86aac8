package org.leaklab.field.stuck;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Two requests lock the same two accounts, in the opposite order. */
@Expected(value = Answer.DEADLOCK, stuck = 2, bothKinds = true, after = "locks in opposite order, behind Jetty")
public final class JettyRequestsDeadlock implements Program {

    private static final ReentrantLock MINE = new ReentrantLock();
    private static final ReentrantLock YOURS = new ReentrantLock();
    private static @Nullable Server server;
    private static @Nullable HttpClient client;

    @Override
    public void start(Threads threads) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool();
        if (threads.kind() == ThreadKind.VIRTUAL) {
            pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request "));
        }
        Server jetty = new Server(pool);
        ServerConnector connector = new ServerConnector(jetty);
        jetty.addConnector(connector);
        CountDownLatch both = new CountDownLatch(2);
        jetty.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws InterruptedException {
                String path = request.getHttpURI().getPath();
                Thread.currentThread().setName(Threads.STUCK + path.substring(1));
                if (path.equals("/pay")) {
                    pay(MINE, YOURS, both);
                } else {
                    pay(YOURS, MINE, both);
                }
                callback.succeeded();
                return true;
            }
        });
        jetty.start();
        server = jetty;
        HttpClient http = HttpClient.newHttpClient();
        client = http;
        for (String path : new String[] {"pay", "refund"}) {
            URI uri = URI.create("http://localhost:" + connector.getLocalPort() + "/" + path);
            http.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        }
        both.await();
    }

    private static void pay(ReentrantLock from, ReentrantLock to, CountDownLatch both) throws InterruptedException {
        from.lock();
        try {
            both.countDown();
            both.await();
            to.lock();
            to.unlock();
        } finally {
            from.unlock();
        }
    }
}
