package org.leaklab.field.healthy;

import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Shop;
import org.leaklab.field.Threads;

/** Undertow with its pool of workers, with a database behind a pool, under load. */
@Expected(value = Answer.HEALTHY, after = "Undertow and HikariCP, under load")
public final class UndertowBusy implements Program {

    private static @Nullable Undertow server;

    @Override
    public void start(Threads threads) throws Exception {
        Shop shop = new Shop();
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setHandler(new BlockingHandler(
                        exchange -> exchange.getResponseSender().send(shop.sell())))
                .build();
        undertow.start();
        server = undertow;
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress();
        Load.start(address.getPort());
    }
}
