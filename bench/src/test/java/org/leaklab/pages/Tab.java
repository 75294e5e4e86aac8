package org.leaklab.pages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tab of a browser: what it asked for, what went wrong in it, and what it looks like. */
public final class Tab {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Duration patience;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final Map<String, CompletableFuture<Void>> loads = new ConcurrentHashMap<>(); // by the loader's id
    private WebSocket socket;

    private Tab(Duration patience) {
        this.patience = patience;
    }

    static Tab connect(HttpClient http, URI address, Duration patience) {
        Tab tab = new Tab(patience);
        tab.socket = http.newWebSocketBuilder()
                .buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        tab.partial.append(text);
                        if (last) {
                            tab.hear(JSON.readTree(tab.partial.toString()));
                            tab.partial.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }
                })
                .join();
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            tab.call(domain + ".enable", Map.of());
        }
        tab.call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
        return tab;
    }

    private void hear(JsonNode message) {
        CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt(-1));
        if (answer != null) {
            answer.complete(message);
            return;
        }
        JsonNode params = message.path("params");
        switch (message.path("method").asString("")) {
            case "Page.lifecycleEvent" -> {
                if (params.path("name").asString().equals("load")) {
                    load(params.path("loaderId").asString()).complete(null);
                }
            }
            case "Network.requestWillBeSent" ->
                requests.add(params.path("request").path("url").asString());
            case "Runtime.exceptionThrown" ->
                errors.add(params.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (params.path("type").asString().matches("error|warning|assert")) {
                    errors.add(params.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (params.path("entry").path("level").asString().equals("error")) {
                    errors.add(params.path("entry").toString());
                }
            }
            default -> {
                // of no interest
            }
        }
    }

    private CompletableFuture<Void> load(String loader) {
        return loads.computeIfAbsent(loader, ignored -> new CompletableFuture<>());
    }

    private JsonNode call(String method, Map<String, Object> params) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", params)), true)
                .join();
        JsonNode message = await(answer, method);
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message.path("error"));
        }
        return message.path("result");
    }

    private <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the browser does not answer: " + what, e);
        }
    }

    /** Makes the window so wide and high, in CSS pixels. */
    public Tab size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Switches scripting on or off for pages that are opened from now on. */
    public Tab scripting(boolean on) {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
        return this;
    }

    /** Prefers a scheme of colours, dark or light, and a medium, screen or print. */
    public Tab prefers(String scheme, String medium) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** Opens a file and returns when it is loaded; what was asked for and went wrong before is forgotten. */
    public Tab open(Path file) {
        return open(file.toUri());
    }

    /**
     * Opens an address, as if it was typed, in the same way. It waits for the load of this very navigation: that of the
     * page before, which a click asked for, may still be under way.
     */
    public Tab open(URI address) {
        requests.clear();
        errors.clear();
        JsonNode navigation = call("Page.navigate", Map.of("url", address.toString()));
        if (navigation.has("loaderId")) { // else only the fragment changed, and nothing is loaded
            await(load(navigation.path("loaderId").asString()), "loading " + address);
        }
        return this;
    }

    /** Evaluates an expression, waiting for what it promises. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Presses and releases a key, {@code Tab} or {@code Enter}. */
    public Tab press(String key) {
        int code = key.equals("Enter") ? 13 : 9;
        Map<String, Object> down = key.equals("Enter")
                ? Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", "\r")
                : Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code);
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
        return this;
    }

    /** The addresses that were asked for, the page's own first. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What was written to the console as an error or warning, and exceptions that nobody caught. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Takes a picture of the page from its top, at most so high. */
    public void screenshot(Path file, int height) throws IOException {
        int width = evaluate("document.documentElement.clientWidth").asInt();
        int whole = evaluate("document.documentElement.scrollHeight").asInt();
        JsonNode picture = call(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", Math.min(whole, height), "scale", 1)));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asString()));
    }
}
