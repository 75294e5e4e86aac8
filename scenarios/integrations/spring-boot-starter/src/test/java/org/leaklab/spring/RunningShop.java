package org.leaklab.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application, started for real with virtual threads on a free port of the loopback address. */
final class RunningShop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("leaklab.patience", 10));
    private static final long LOOK_MILLIS = 50;
    private static final JsonMapper JSON = JsonMapper.shared();

    record Answer(int status, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningShop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it with properties of its own, as {@code name=value}, and more configuration. */
    static RunningShop start(Class<?> more, String... properties) {
        return new RunningShop(new SpringApplicationBuilder(Shop.class, more)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.threads.virtual.enabled=true",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn")
                .properties(properties)
                .run());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return ask("GET", path);
    }

    Answer post(String path) throws IOException, InterruptedException {
        return ask("POST", path);
    }

    private Answer ask(String method, String path) throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    /** Asks until the answer is as wanted. */
    static Answer until(Callable<Answer> ask, Predicate<Answer> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Answer answer = ask.call();
        while (!wanted.test(answer)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("after " + PATIENCE + " the answer is still " + answer);
            }
            Thread.sleep(LOOK_MILLIS);
            answer = ask.call();
        }
        return answer;
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
