package org.leaklab.field.healthy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Eight threads share the two connections of a client, which also closes those that are idle. */
@Expected(value = Answer.HEALTHY, after = "Apache HttpClient 4 with fewer connections than threads, under load")
public final class HttpClientBusy implements Program {

    private static final CloseableHttpClient CLIENT = HttpClients.custom()
            .setMaxConnPerRoute(2)
            .evictIdleConnections(1, TimeUnit.SECONDS)
            .build();
    private static @Nullable HttpServer server;

    @Override
    public void start(Threads threads) throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(0), 0);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        server = http;
        String uri = "http://localhost:" + http.getAddress().getPort() + "/";
        Load.start(() -> {
            try (CloseableHttpResponse response = CLIENT.execute(new HttpGet(uri))) {
                EntityUtils.consume(response.getEntity());
            }
        });
    }
}
