package org.leaklab.scenario.cancellation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A worker that logs the {@code InterruptedException} inside its loop, and then takes its next job.
 *
 * <p>An interrupt asks a thread to stop, once. {@code BlockingQueue.take} clears the flag when it throws. If the
 * handler only logs the exception, the request to stop is lost. The worker waits again for a job. Its owner believes
 * that the worker has stopped and puts none. {@code ExecutorService.shutdownNow} can do no more than this interrupt
 * either. Here the lab can end the thread only because the work after each job throws.
 */
@Leak(
        id = "swallowed-interrupt",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "SynchronousQueue.take",
        endedBy = EndedBy.WORK,
        cause = "the loop catches the interrupt that should stop it, and waits again",
        cure = "on an InterruptedException, return or throw: never go on with the loop",
        seenIn = {"skyscreamer/nevado#35", "membrane/api-gateway#162"})
public final class SwallowedInterruptJdk implements Scenario {

    private static final Logger LOG = System.getLogger(SwallowedInterruptJdk.class.getName());

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<String> jobs = new SynchronousQueue<>();
        var worker = threads.start("worker", () -> {
            while (true) {
                try {
                    resize(jobs.take());
                } catch (InterruptedException e) {
                    LOG.log(Level.DEBUG, "no job this time", e);
                }
                threads.work();
            }
        });
        jobs.put("7.png");
        worker.thread().interrupt(); // no more jobs
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<String> jobs = new SynchronousQueue<>();
        var worker = threads.start("worker", () -> {
            while (true) {
                try {
                    resize(jobs.take());
                } catch (InterruptedException e) {
                    return;
                }
                threads.work();
            }
        });
        jobs.put("7.png");
        worker.thread().interrupt(); // no more jobs
    }

    private static void resize(String picture) {
        LOG.log(Level.DEBUG, "resize {0}", picture);
    }
}

// java -jar benchmarks.jar run swallowed-interrupt --idiom jdk
