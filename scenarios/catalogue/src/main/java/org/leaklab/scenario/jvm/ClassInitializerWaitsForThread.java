package org.leaklab.scenario.jvm;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A class that fills a constant on another thread in its static initializer, and waits for that thread.
 *
 * <p>The shop uses the class first, so it runs the initializer, starts the loader, and waits for it. The loader runs a
 * lambda. The body of a lambda is a static method of the class around it, and that class is being initialized: the
 * loader waits until the shop is done. Neither gets on, no interrupt ends the wait of the loader, and every later
 * thread that uses the class waits as well. A parallel stream with a lambda in a static initializer hangs in this way
 * too, whenever a thread of the common pool takes a part of it. In the cure an object does the same in its constructor.
 *
 * <p>In a thread dump the loader is {@code RUNNABLE}, {@code waiting on the Class initialization monitor for} the
 * class. The shop is in {@code FutureTask.get}, called from {@code <clinit>} of that class.
 */
@Leak(
        id = "class-initializer-waits-for-thread",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 2,
        waits = Waits.INITIALIZER,
        at = {"FutureTask.get", "FutureTask.run"},
        endedBy = EndedBy.JVM,
        cause = "the initializer waits for a thread that needs the class, and so waits for the initializer",
        cure = "wait for no other thread in a static initializer",
        notReported = "From JDK 26 on, no dump says for which initializer a virtual thread waits.",
        seenIn = {"findbugsproject/findbugs#50", "wildfly/jboss-ejb-client#45"},
        ownJvm = "-Djdk.virtualThreadScheduler.parallelism=4")
public final class ClassInitializerWaitsForThread implements Scenario {

    /** How the application starts its loaders. */
    private static final AtomicReference<ThreadFactory> LOADERS =
            new AtomicReference<>(Thread.ofPlatform().daemon().factory());

    private static final class StaticPrices {
        static final int PEN = load();

        private static int load() {
            FutureTask<Integer> price = new FutureTask<>(() -> Integer.parseInt("3"));
            LOADERS.get().newThread(price).start();
            return result(price);
        }
    }

    private static final class Prices {
        final int pen = load();

        private static int load() {
            FutureTask<Integer> price = new FutureTask<>(() -> Integer.parseInt("3"));
            LOADERS.get().newThread(price).start();
            return result(price);
        }
    }

    @Override
    public void leaky(Threads threads) {
        LOADERS.set(threads.launcher().factory("loader"));
        threads.start("shop", () -> print(StaticPrices.PEN));
    }

    @Override
    public void fixed(Threads threads) {
        LOADERS.set(threads.launcher().factory("loader"));
        threads.start("shop", () -> print(new Prices().pen));
    }

    private static int result(FutureTask<Integer> price) {
        try {
            return price.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("no prices", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("no prices", e);
        }
    }

    private static String print(int price) {
        return "a pen costs " + price;
    }
}

// java -jar benchmarks.jar run class-initializer-waits-for-thread --idiom jdk
