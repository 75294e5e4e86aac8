package org.leaklab.scenario.callback;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread waits for a future that a callback should complete, and a dependency three layers down drops the callback.
 *
 * <p>The transport calls back when it gets a reply. When it gets none, it logs that and returns, and the callback is
 * garbage. The layers above pass the callback down, and the page waits in {@link CompletableFuture#get()}. No other
 * thread has the future, so no price can ever come. The page's own code has no mistake that a reader could find in it:
 * only a time limit protects it from a branch in other code.
 *
 * <p>{@code jstack} shows the page in {@code CompletableFuture.get}, called by its own code. No frame of the price
 * client, of the library or of the transport is in the dump: nothing of them runs any more.
 */
@Leak(
        id = "callback-never-fires",
        idiom = Idiom.JDK,
        family = Family.CALLBACK,
        stuck = 1,
        at = "CompletableFuture.get",
        cause = "a branch deep in a dependency returns without calling back, and the wait has no limit",
        seenIn = {"jetty/jetty.project#11894", "fabric8io/kubernetes-client#6909", "camunda/camunda#7362"},
        cure = "give a future that others complete a limit, with completeOnTimeout or orTimeout",
        unlike = "future-never-completed: there the mistake is in the program's own error path")
public final class CallbackNeverFiresJdk implements Scenario {

    private static final long LIMIT_MILLIS = 20;

    @Override
    public void leaky(Threads threads) {
        Prices prices = new Prices(new Http(new Transport(threads.launcher().executor("transport"))));
        threads.start("page", () -> {
            CompletableFuture<String> price = new CompletableFuture<>();
            prices.of("coffee", price::complete);
            show(price.get());
        });
    }

    @Override
    public void fixed(Threads threads) {
        Prices prices = new Prices(new Http(new Transport(threads.launcher().executor("transport"))));
        threads.start("page", () -> {
            CompletableFuture<String> price = new CompletableFuture<>();
            prices.of("coffee", price::complete);
            show(price.completeOnTimeout("ask for the price", LIMIT_MILLIS, MILLISECONDS)
                    .get());
        });
    }

    private static String show(String price) {
        return "coffee: " + price;
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

// java -jar benchmarks.jar run callback-never-fires --idiom jdk
