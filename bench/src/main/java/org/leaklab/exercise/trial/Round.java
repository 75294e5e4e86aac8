package org.leaklab.exercise.trial;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;

/**
 * Runs the work once, in a class loader of its own so that nothing static stays, and watches it until it has ended or
 * will not.
 *
 * <p>The threads are stuck when each of them waits without limit, no timer is set, and that lasts, as {@link Quiet} has
 * it, and no thread makes a step: then nothing is left in the program that could wake one. Without that the judge waits
 * for its deadline and says only that the threads are late.
 */
final class Round {

    private static final long LOOK_MILLIS = 2;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long RETURNED_MILLIS = 2_500;

    /** Exercises start at most some dozens. */
    static final int MOST_THREADS = 500;

    private final Setting setting;
    private final Path folder;
    private final Supplier<Set<Thread>> threads;
    private final Queue<String> uncaught = new ConcurrentLinkedQueue<>();
    private final AtomicInteger started = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Round(Setting setting, Path folder) {
        this(setting, folder, Census::all);
    }

    /**
     * A round.
     *
     * @param threads all threads of this JVM as they are when it is asked
     */
    Round(Setting setting, Path folder, Supplier<Set<Thread>> threads) {
        this.setting = setting;
        this.folder = folder;
        this.threads = threads;
    }

    List<String> uncaught() {
        return new ArrayList<>(uncaught);
    }

    /**
     * Runs a method of the check.
     *
     * @param cancelAt at which step the thread that runs the work is interrupted; 0 for never
     */
    Ending run(String method, long seed, boolean delays, long cancelAt) throws InterruptedException, IOException {
        try (URLClassLoader loader = loader();
                Lag lag = Lag.begin(System::nanoTime)) {
            Census census = Census.before(threads);
            Random random = new Random(seed);
            ThreadFactory factory = factory();
            Thread caller = unstarted(setting.kind(), () -> {
                try {
                    Class.forName(Look.CHECK, true, loader)
                            .getMethod(method, ThreadFactory.class, Random.class)
                            .invoke(null, factory, random);
                } catch (InvocationTargetException e) {
                    failure = e.getCause();
                } catch (Throwable e) { // a LinkageError in the learner's classes
                    failure = e;
                }
            });
            Steps.begin(seed, delays, cancelAt, caller);
            Thread.setDefaultUncaughtExceptionHandler((thread, e) -> noteUncaught(thread, e));
            caller.start();
            return watch(census, caller, lag, cancelAt > 0);
        }
    }

    private URLClassLoader loader() throws MalformedURLException {
        URL[] place = {Setting.classes(folder).toUri().toURL()};
        return new URLClassLoader(Look.LOADER, place, Round.class.getClassLoader());
    }

    private static Thread unstarted(ThreadKind kind, Runnable task) {
        return kind == ThreadKind.VIRTUAL
                ? Thread.ofVirtual().name("caller").unstarted(task)
                : Thread.ofPlatform().name("caller").daemon().unstarted(task);
    }

    private ThreadFactory factory() {
        ThreadFactory made = setting.kind() == ThreadKind.VIRTUAL
                ? Thread.ofVirtual().name("worker-", 1).factory()
                : Thread.ofPlatform().name("worker-", 1).daemon().factory();
        return task -> {
            if (started.incrementAndGet() > MOST_THREADS) {
                throw new IllegalStateException("more threads than the judge allows");
            }
            return made.newThread(task);
        };
    }

    private void noteUncaught(Thread thread, Throwable e) {
        if (uncaught.size() < 10) {
            String at = Look.place(e.getStackTrace());
            uncaught.add(thread.getName() + " ended with " + text(e) + (at.isEmpty() ? "" : " at " + at));
        }
    }

    static String text(Throwable e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private Ending watch(Census census, Thread caller, Lag lag, boolean cancelled) throws InterruptedException {
        long began = System.nanoTime();
        long returnedAt = 0;
        boolean gone = false;
        Quiet quiet = new Quiet(setting.scale(), System::nanoTime);
        while (true) {
            boolean returned = !caller.isAlive(); // asked first, so that whom the caller has started is in the list
            List<Thread> live = census.live();
            if (returned) {
                returnedAt = returnedAt == 0 ? System.nanoTime() : returnedAt;
                Ending failed = failed(cancelled);
                if (failed != null) {
                    return failed;
                }
            }
            if (live.isEmpty() && returned) {
                if (gone) {
                    return enough(cancelled);
                }
                gone = true; // a thread that started another and ended meanwhile may hide both from one look
            } else {
                gone = false;
            }
            if (live.size() > MOST_THREADS || started.get() > MOST_THREADS) {
                return new Ending.TooManyThreads(MOST_THREADS);
            }
            long steps = Steps.count();
            if (quiet.lasts(Census.rest(live), live, steps, lag.look())) {
                return new Ending.Stuck(Look.at(live), returned);
            }
            if (millisSince(began) > PATIENCE_MILLIS * setting.scale()
                    || (returnedAt != 0 && millisSince(returnedAt) > RETURNED_MILLIS * setting.scale())) {
                return new Ending.Late(Look.at(live), returned, millisSince(returned ? returnedAt : began));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** What the exception says that ended the work; null if there was none, or if it may have one. */
    private @Nullable Ending failed(boolean cancelled) {
        Throwable e = failure;
        if (e == null || cancelled) {
            return null;
        }
        return e instanceof AssertionError && e.getMessage() != null
                ? new Ending.WrongAnswer(e.getMessage())
                : new Ending.Threw(text(e), Look.place(e.getStackTrace()));
    }

    private Ending enough(boolean cancelled) {
        return cancelled || started.get() >= setting.threads()
                ? new Ending.Right()
                : new Ending.TooFewThreads(started.get(), setting.threads());
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
