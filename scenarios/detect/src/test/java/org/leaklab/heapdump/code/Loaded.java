package org.leaklab.heapdump.code;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.leaklab.testing.Eventually;

/**
 * A program whose leaked threads run code of loaders: it takes names and where the code is, and starts a thread for
 * each. Prints "ready" when all wait.
 */
public final class Loaded {

    /** What the loaders load: waits in one method for what nobody has, and entered in another. */
    @SuppressWarnings("WaitNotInLoop") // this wait never returns
    public static final class Waiter implements Runnable {

        private final Object monitor = new Object();

        @Override
        public void run() {
            enter(monitor);
        }

        private static void enter(Object monitor) {
            synchronized (monitor) {
                waitFor(monitor);
            }
        }

        private static void waitFor(Object monitor) {
            try {
                monitor.wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
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
        Runnable waiter = (Runnable)
                loader.loadClass(Waiter.class.getName()).getConstructor().newInstance();
        Thread thread = Thread.ofPlatform().daemon().name(name).start(waiter);
        Eventually.until(() -> thread.getState() == Thread.State.WAITING);
    }
}
