package org.leaklab.scenario.cancellation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A worker that logs the interrupt, and then waits for its next job.
 *
 * <p>An interrupt asks a thread to stop, once. A method that throws {@link InterruptedException} clears the flag. If
 * the handler only logs the exception, the request to stop is lost. The worker waits again for a job. Its owner
 * believes that the worker has stopped and never sends one. Every further interrupt ends the same way. Here the lab can
 * end the thread only because the job itself throws.
 *
 * <p>In Go: {@code for { select { case <-stop: log.Print("no job this time"); case job := <-jobs: do(job) } }}, told to
 * stop by one {@code stop <- struct{}{}}.
 */
@Leak(
        id = "swallowed-interrupt",
        family = Family.CANCELLATION,
        stuck = 1,
        at = "Channel.receive",
        endedBy = EndedBy.WORK,
        cause = "the loop catches the interrupt that should stop it, and waits again",
        cure = "on an interrupt, return or throw: never go on with the loop")
public final class SwallowedInterrupt implements Scenario {

    private static final Logger LOG = System.getLogger(SwallowedInterrupt.class.getName());

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> jobs = Channel.unbuffered();
        Launched worker = threads.start("worker", () -> {
            while (true) {
                try {
                    jobs.receive();
                } catch (InterruptedException e) {
                    LOG.log(Level.DEBUG, "no job this time", e);
                }
                threads.work();
            }
        });
        jobs.send("resize 7.png");
        worker.thread().interrupt(); // no more jobs
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        Channel<String> jobs = Channel.unbuffered();
        Launched worker = threads.start("worker", () -> {
            while (true) {
                try {
                    jobs.receive();
                } catch (InterruptedException e) {
                    return;
                }
                threads.work();
            }
        });
        jobs.send("resize 7.png");
        worker.thread().interrupt(); // no more jobs
    }
}

// java -jar benchmarks.jar run swallowed-interrupt --idiom channel
