package org.leaklab.scenario.jvm;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A plugin that starts a pool and is unloaded, and whose pool is not shut down.
 *
 * <p>A new thread takes the context class loader of the thread that makes it. The plugin runs with its own class loader
 * as context, so the worker of its pool has that loader. The host closes the loader and forgets the plugin. The worker
 * waits for a task, and keeps the loader, every class that it has loaded and all their static fields. Each reload of
 * the plugin leaves one more such set, until the metaspace is full. A thread dump shows an idle worker and not what it
 * keeps; a heap dump does, by the field {@code contextClassLoader} of the thread.
 */
@Leak(
        id = "class-loader-kept-by-pool",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        at = "ThreadPoolExecutor.getTask",
        endedBy = EndedBy.CLOSE,
        cause = "an idle worker of the plugin's pool keeps the class loader of the plugin that is gone",
        cure = "let a plugin shut down what it has started before it is unloaded",
        seenIn = {"stagemonitor/stagemonitor#174", "WebGoat/WebGoat#124", "jetty/jetty.project#5859"},
        unlike = "executor-never-shut-down: there the worker keeps its stack, here also all classes of a plugin")
public final class ClassLoaderKeptByPool implements Scenario {

    @Override
    public void leaky(Threads threads) {
        threads.start("host", () -> {
            try (URLClassLoader loader = enterPlugin()) {
                ExecutorService pool = threads.closingWithoutHolding(pool(threads));
                useIn(loader, pool);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("host", () -> {
            try (URLClassLoader loader = enterPlugin();
                    ExecutorService pool = pool(threads)) {
                useIn(loader, pool);
            }
        });
    }

    /** Gives the current thread a class loader for the plugin. */
    private static URLClassLoader enterPlugin() {
        URLClassLoader loader = new URLClassLoader("plugin", new URL[0], ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        return loader;
    }

    private static ExecutorService pool(Threads threads) {
        return Executors.newFixedThreadPool(1, threads.launcher().factory("plugin's worker"));
    }

    private static void useIn(URLClassLoader loader, ExecutorService pool)
            throws IOException, InterruptedException, ExecutionException {
        ClassLoader context = pool.submit(() -> Thread.currentThread().getContextClassLoader())
                .get();
        if (context != loader) {
            throw new IOException("the plugin runs with the class loader " + context);
        }
    }
}

// java -jar benchmarks.jar run class-loader-kept-by-pool --idiom jdk
