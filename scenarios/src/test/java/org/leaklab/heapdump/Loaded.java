package org.leaklab.heapdump;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.leaklab.Eventually;

/**
 * A program whose leaked threads run code of loaders: it takes names and where the code is, and starts a thread for
 * each. Prints "ready" when all wait.
 */
public final class Loaded {

    /** What the loaders load: waits in a block for what nobody has. */
    @SuppressWarnings("WaitNotInLoop") // this wait never returns
    public static final class Waiter {

        private final Object monitor = new Object();

        /** Waits for ever; called by reflection. */
        public static void begin() throws InterruptedException {
            waitFor(new Waiter().monitor);
        }

        private static void waitFor(Object monitor) throws InterruptedException {
            synchronized (monitor) {
                monitor.wait();
            }
        }
    }

    /** A loader that could change what it loads. */
    private static final class Own extends URLClassLoader {
        Own(URL url) {
            super(new URL[] {url}, ClassLoader.getPlatformClassLoader());
        }
    }

    private Loaded() {}

    /** Does nothing, but is an agent. */
    public static void premain(String arguments, Instrumentation instrumentation) {}

    /** {@code NAME FOLDER-OR-JAR ...}. */
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < args.length; i += 2) {
            URL url = Path.of(args[i + 1]).toUri().toURL();
            boolean own = args[i].startsWith("own");
            start(args[i], own ? new Own(url) : new URLClassLoader(new URL[] {url}, null));
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    private static void start(String name, ClassLoader loader) throws ReflectiveOperationException {
        Method begin = loader.loadClass(Waiter.class.getName()).getMethod("begin");
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                begin.invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        Eventually.until(() -> thread.getState() == Thread.State.WAITING);
    }
}
