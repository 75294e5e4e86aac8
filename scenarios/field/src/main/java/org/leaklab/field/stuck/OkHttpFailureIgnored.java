package org.leaklab.field.stuck;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** A callback hears that a request failed, and does not complete the future that a thread waits for. */
@Expected(value = Answer.LEAKED, stuck = 2, bothKinds = true, after = "invest-openapi-java-sdk #91")
public final class OkHttpFailureIgnored implements Program {

    private static final OkHttpClient CLIENT = new OkHttpClient();

    @Override
    public void start(Threads threads) throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            threads.stuck(i, () -> get(failed).join());
        }
        failed.await();
    }

    private static CompletableFuture<Integer> get(CountDownLatch failed) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Request request = new Request.Builder().url("http://localhost:1/").build();
        CLIENT.newCall(request).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                code.complete(response.code());
                response.close();
            }

            @Override
            public void onFailure(Call call, IOException e) {
                failed.countDown(); // and not code.completeExceptionally
            }
        });
        return code;
    }
}
