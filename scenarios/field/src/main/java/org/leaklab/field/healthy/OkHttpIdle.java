package org.leaklab.field.healthy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** A client with idle connections and idle workers. */
@Expected(value = Answer.HEALTHY, after = "OkHttp after some requests, idle")
public final class OkHttpIdle implements Program {

    private static final OkHttpClient CLIENT = new OkHttpClient();
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
        Request request = new Request.Builder()
                .url("http://localhost:" + http.getAddress().getPort() + "/")
                .build();
        CountDownLatch answered = new CountDownLatch(5);
        for (int i = 0; i < 5; i++) {
            CLIENT.newCall(request).enqueue(new Callback() {
                @Override
                public void onResponse(Call call, Response response) {
                    response.close();
                    answered.countDown();
                }

                @Override
                public void onFailure(Call call, java.io.IOException e) {
                    answered.countDown();
                }
            });
        }
        answered.await();
    }
}
