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
 * A worker that takes the interrupt for a hiccup, and waits for its next job.
 *
 * <p>An interrupt asks a thread to stop, once. Whoever throws {@link InterruptedException} clears the flag, so when the
 * handler only logs it, the request to stop is used up and forgotten: the worker waits again, for a job that its owner,
 * who believes it stopped, will never send. Every further interrupt ends the same way. Here the lab gets rid of it only
 * because the job itself throws.
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
        cure = "on an interrupt, return or throw; catch it outside the loop, not in it")
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
