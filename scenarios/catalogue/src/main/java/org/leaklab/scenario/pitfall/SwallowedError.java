package org.leaklab.scenario.pitfall;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A task catches its error and logs it, so its group takes it for a success.
 *
 * <p>No thread gets stuck: every task ends and the join returns. The caller reports a complete backup, but one file is
 * missing. The error of a task is part of its result, and the thread that waits for the task needs it. That thread does
 * not read the log. If another thread waits for the missing result, the same mistake is a leak.
 *
 * <p>In Go: {@code g.Go(func() error { if err := backUp(f); err != nil { log.Print(err) }; return nil })}.
 */
@Leak(
        id = "swallowed-error",
        family = Family.PITFALL,
        stuck = 0,
        wrongAnswer = true,
        cause = "the task logs its error and returns normally, so its group knows nothing of it",
        cure = "let a task's error reach whoever waits for the task; logging it is not handling it")
public final class SwallowedError implements Scenario {

    private static final System.Logger LOG = System.getLogger(SwallowedError.class.getName());
    private static final List<String> FILES = List.of("accounts", "orders", "photos");

    @Override
    public void leaky(Threads threads) throws Exception {
        String report;
        try (TaskGroup group = TaskGroup.open(Context.background(), threads.launcher())) {
            for (String file : FILES) {
                group.fork(file, () -> {
                    try {
                        return backUp(file);
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "no backup of " + file, e);
                        return 0;
                    }
                });
            }
            group.join();
            report = "complete";
        } catch (TaskFailedException e) {
            report = "failed: " + e.taskName();
        }
        WrongAnswer.unless("failed: photos", report);
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        String report;
        try (TaskGroup group = TaskGroup.open(Context.background(), threads.launcher())) {
            for (String file : FILES) {
                group.fork(file, () -> {
                    try {
                        return backUp(file);
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "no backup of " + file, e);
                        throw e;
                    }
                });
            }
            group.join();
            report = "complete";
        } catch (TaskFailedException e) {
            report = "failed: " + e.taskName();
        }
        WrongAnswer.unless("failed: photos", report);
    }

    /** Returns how many bytes it copied. */
    private static int backUp(String file) throws IOException {
        if (file.equals("photos")) {
            throw new IOException("no space left on device");
        }
        return file.length();
    }
}

// java -jar benchmarks.jar run swallowed-error --idiom channel
