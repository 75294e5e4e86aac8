package org.leaklab.field.healthy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** The JDK's own HTTP server with a pool of platform threads, under load. */
@Expected(value = Answer.HEALTHY, after = "the JDK's HTTP server, a pool of platform threads, under load")
public final class JdkServerPlatform implements Program {

    private static @Nullable HttpServer server;

    @Override
    public void start(Threads threads) throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(0), 0);
        http.setExecutor(Executors.newFixedThreadPool(8));
        byte[] answer = "42".getBytes(StandardCharsets.US_ASCII);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
        server = http;
        Load.start(http.getAddress().getPort());
    }
}
