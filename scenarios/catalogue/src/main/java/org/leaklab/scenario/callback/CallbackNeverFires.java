package org.leaklab.scenario.callback;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.leaklab.core.Channel;
import org.leaklab.core.Received.Value;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread waits for a callback, and a dependency three layers down drops the callback.
 *
 * <p>The transport calls back when it gets a reply. When it gets none, it logs that and returns, and the callback is
 * garbage. The layers above pass the callback down, and the page waits for it on a channel. No other thread has the
 * channel, so no price can ever come. The page's own code has no mistake that a reader could find in it: only a time
 * limit protects it from a branch in other code.
 *
 * <p>In Go: {@code prices := make(chan string, 1); client.Price("coffee", func(p string) { prices <- p }); p :=
 * <-prices}.
 */
@Leak(
        id = "callback-never-fires",
        family = Family.CALLBACK,
        stuck = 1,
        at = "Channel.receive",
        cause = "a branch deep in a dependency returns without calling back, and the wait has no limit",
        cure = "call back exactly once on every branch, and limit every wait for somebody else's callback")
public final class CallbackNeverFires implements Scenario {

    private static final Duration LIMIT = Duration.ofMillis(20);

    @Override
    public void leaky(Threads threads) {
        Prices prices = new Prices(new Http(new Transport(threads.launcher().executor("transport"))));
        Channel<String> page = Channel.buffered(1);
        threads.start("page", () -> {
            Channel<String> price = Channel.buffered(1);
            prices.of("coffee", price::trySend);
            page.send(Objects.requireNonNullElse(price.receive(), "ask for the price"));
        });
    }

    @Override
    public void fixed(Threads threads) {
        Prices prices = new Prices(new Http(new Transport(threads.launcher().executor("transport"))));
        Channel<String> page = Channel.buffered(1);
        threads.start("page", () -> {
            Channel<String> price = Channel.buffered(1);
            prices.of("coffee", price::trySend);
            page.send(price.receive(LIMIT) instanceof Value<String> said ? said.value() : "ask for the price");
        });
    }

    /** The program's own client of the price service. */
    private record Prices(Http http) {
        void of(String product, Consumer<String> callback) {
            http.get("/prices/" + product, callback);
        }
    }

    /** The library that the client is written with. */
    private record Http(Transport transport) {
        void get(String path, Consumer<String> callback) {
            transport.exchange("GET " + path, reply -> callback.accept(reply.strip()));
        }
    }

    /** What the library sends its requests with, on threads of its own. */
    private record Transport(Executor executor) {

        private static final Logger LOG = System.getLogger(Transport.class.getName());
        private static final Map<String, String> REPLIES = Map.of("GET /prices/tea", "3 EUR\n");

        void exchange(String request, Consumer<String> callback) {
            executor.execute(() -> {
                String reply = REPLIES.get(request);
                if (reply == null) {
                    LOG.log(Level.DEBUG, "no reply to {0}", request);
                    return; // and the callback is gone
                }
                callback.accept(reply);
            });
        }
    }
}

// java -jar benchmarks.jar run callback-never-fires --idiom channel
