package org.leaklab.scenario.pitfall;

import java.io.IOException;
import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Semaphore;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A loop takes a permit under the group's context before each fork, so it learns of the cancellation before the join.
 *
 * <p>One task fails, and that cancels the group. The loop waits for its next permit under the group's context, and the
 * wait throws a {@link CancelledException}. The join would throw the real error, but the loop never reaches it. The
 * caller believes that the answer was no longer wanted. No thread gets stuck. But if a permit was taken for a task that
 * the cancelled group does not run, that permit is never given back. If the semaphore lived longer, other threads would
 * wait for it. In the cure the task itself takes and releases the permit, and the join throws the real error.
 * {@link TaskGroup#limit} does the same without a semaphore.
 *
 * <p>In Go: {@code for … { if err := sem.Acquire(ctx, 1); err != nil { return err }; g.Go(…) }; return g.Wait()}, where
 * {@code ctx} is the group's.
 */
@Leak(
        id = "semaphore-outside-group",
        family = Family.PITFALL,
        stuck = 0,
        wrongAnswer = true,
        cause = "a failed task cancels the context of the loop's acquire, whose exception hides the task's error",
        cure = "acquire inside the task, or limit the group, so that only the join reports",
        noJdkForm =
                "no group of the JDK interrupts the thread that starts its tasks, so nothing ends that thread's acquire")
public final class SemaphoreOutsideGroup implements Scenario {

    private static final List<String> MIRRORS = List.of("north", "south", "west");

    @Override
    public void leaky(Threads threads) throws Exception {
        Semaphore oneAtATime = new Semaphore(1);
        String report;
        try (TaskGroup group = TaskGroup.open(Context.background(), threads.launcher())) {
            group.fork("login", SemaphoreOutsideGroup::login);
            for (String mirror : MIRRORS) {
                oneAtATime.acquire(group.context(), 1);
                group.fork(mirror, () -> {
                    return download(group.context(), oneAtATime);
                });
            }
            group.join();
            report = "loaded";
        } catch (TaskFailedException e) {
            report = e.getCause().getMessage();
        } catch (CancelledException e) {
            report = "cancelled";
        }
        WrongAnswer.unless("login refused", report);
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        Semaphore oneAtATime = new Semaphore(1);
        String report;
        try (TaskGroup group = TaskGroup.open(Context.background(), threads.launcher())) {
            group.fork("login", SemaphoreOutsideGroup::login);
            for (String mirror : MIRRORS) {
                group.fork(mirror, () -> {
                    oneAtATime.acquire(group.context(), 1);
                    return download(group.context(), oneAtATime);
                });
            }
            group.join();
            report = "loaded";
        } catch (TaskFailedException e) {
            report = e.getCause().getMessage();
        } catch (CancelledException e) {
            report = "cancelled";
        }
        WrongAnswer.unless("login refused", report);
    }

    private static String login() throws IOException {
        throw new IOException("login refused");
    }

    /** Waits for the login, which never comes: so the first download keeps the permit until the group is cancelled. */
    private static String download(Context context, Semaphore held) throws InterruptedException {
        try {
            context.done().receive();
            return "nothing";
        } finally {
            held.release();
        }
    }
}

// java -jar benchmarks.jar run semaphore-outside-group --idiom channel
