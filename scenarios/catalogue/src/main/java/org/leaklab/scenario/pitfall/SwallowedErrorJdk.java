package org.leaklab.scenario.pitfall;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A task catches its exception and logs it, so its {@link Future} takes it for a success.
 *
 * <p>No thread gets stuck: every task ends and every {@code get} returns. The caller reports a complete backup, but one
 * file is missing. A {@code Future} hands the exception of its task to the thread that calls {@code get}, if the task
 * throws it. That thread does not read the log. The opposite mistake has the same result: a task throws, and nobody
 * calls {@code get} on the {@code Future} that {@code submit} has returned.
 */
@Leak(
        id = "swallowed-error",
        idiom = Idiom.JDK,
        family = Family.PITFALL,
        stuck = 0,
        wrongAnswer = true,
        cause = "the task logs its exception and returns normally, so its Future knows nothing of it",
        cure = "let a task throw, and ask each Future for its result; logging a failure is not handling it")
public final class SwallowedErrorJdk implements Scenario {

    private static final System.Logger LOG = System.getLogger(SwallowedErrorJdk.class.getName());
    private static final List<String> FILES = List.of("accounts", "orders", "photos");

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        List<Future<Integer>> backups = new ArrayList<>();
        try (ExecutorService pool = pool(threads)) {
            for (String file : FILES) {
                backups.add(pool.submit(() -> {
                    try {
                        return backUp(file);
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "no backup of " + file, e);
                        return 0;
                    }
                }));
            }
        }
        WrongAnswer.unless("failed: no space left on device", report(backups));
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        List<Future<Integer>> backups = new ArrayList<>();
        try (ExecutorService pool = pool(threads)) {
            for (String file : FILES) {
                backups.add(pool.submit(() -> {
                    try {
                        return backUp(file);
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "no backup of " + file, e);
                        throw e;
                    }
                }));
            }
        }
        WrongAnswer.unless("failed: no space left on device", report(backups));
    }

    private static ExecutorService pool(Threads threads) {
        return Executors.newThreadPerTaskExecutor(threads.launcher().factory("backup"));
    }

    /** Returns how many bytes it copied. */
    private static int backUp(String file) throws IOException {
        if (file.equals("photos")) {
            throw new IOException("no space left on device");
        }
        return file.length();
    }

    private static String report(List<Future<Integer>> backups) throws InterruptedException {
        int bytes = 0;
        for (Future<Integer> backup : backups) {
            try {
                bytes += backup.get();
            } catch (ExecutionException e) {
                return "failed: " + e.getCause().getMessage();
            }
        }
        return "complete: " + bytes + " bytes";
    }
}

// java -jar benchmarks.jar run swallowed-error --idiom jdk
