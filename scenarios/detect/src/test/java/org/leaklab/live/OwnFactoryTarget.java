package org.leaklab.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A program that has code of its own around the tasks of an executor, and one that takes hold of what a probe hangs on
 * a thread. It does what it reads from its standard input, and prints a line for each.
 */
final class OwnFactoryTarget {

    private static final CountDownLatch PERMITTED = new CountDownLatch(1);
    private static final AtomicInteger DONE = new AtomicInteger();
    private static final ExecutorService EXECUTOR = Executors.newThreadPerTaskExecutor(OwnFactoryTarget::permitted);
    private static volatile Thread.@Nullable UncaughtExceptionHandler taken;

    private OwnFactoryTarget() {}

    /**
     * A limit of how many run at once: a thread waits before its task begins. It has a scope open meanwhile, as one
     * that prepares something with others, so that only its stack tells how far it is.
     */
    private static Thread permitted(Runnable task) {
        return Thread.ofVirtual().name("permitted").unstarted(() -> {
            try {
                Class<?> flock = Class.forName("jdk.internal.misc.ThreadFlock");
                Object scope = method(flock, "open", String.class).invoke(null, "preparation");
                PERMITTED.await();
                method(flock, "close").invoke(scope);
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        Method method = type.getMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    public static void main(String[] arguments) throws IOException {
        EXECUTOR.execute(DONE::incrementAndGet);
        EXECUTOR.shutdown();
        Thread watched = Thread.ofVirtual().name("watched").start(OwnFactoryTarget::leak);
        Thread.ofPlatform().daemon().start(() -> take(watched));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(
                    switch (line) {
                        case "terminated" -> EXECUTOR.isTerminated() + " " + DONE;
                        case "permit" -> {
                            PERMITTED.countDown();
                            yield "permitted";
                        }
                        case "taken" -> String.valueOf(taken != null);
                        case "look into it" -> lookInto();
                        default -> "what?";
                    });
        }
    }

    private static void leak() {
        try {
            new SynchronousQueue<String>().take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at the handler of a thread again and again, as a framework may, until it is the probe's. */
    private static void take(Thread thread) {
        while (taken == null) {
            Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
            if (handler.getClass().getName().startsWith("org.leaklab.agent.")) {
                taken = handler;
            }
            Thread.onSpinWait();
        }
    }

    /** What of the probe the program can look into with the object that it has taken. */
    private static String lookInto() {
        Thread.UncaughtExceptionHandler handler = taken;
        if (handler == null) {
            return "nothing taken";
        }
        StringBuilder open = new StringBuilder("open:");
        try {
            Class<?> jdk = handler.getClass().getClassLoader().loadClass("org.leaklab.agent.probe.Jdk");
            for (Class<?> type : new Class<?>[] {handler.getClass(), jdk}) {
                for (Method method : type.getDeclaredMethods()) {
                    try {
                        method.setAccessible(true);
                        open.append(' ').append(method.getName());
                    } catch (InaccessibleObjectException e) {
                        // as it has to be
                    }
                }
                for (Field field : type.getDeclaredFields()) {
                    try {
                        field.setAccessible(true);
                        open.append(' ').append(field.getName());
                    } catch (InaccessibleObjectException e) {
                        // as it has to be
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            return e.toString();
        }
        return open.toString();
    }
}
