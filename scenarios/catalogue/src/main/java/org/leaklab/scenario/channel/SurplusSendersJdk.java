package org.leaklab.scenario.channel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Ten checks that hand over a report each, and a caller that takes one report.
 *
 * <p>Each {@code put} into the {@link SynchronousQueue} returns only when a thread takes its element. The caller takes
 * the first report and leaves. The other nine threads share the queue only with each other, and all of them put. So
 * nobody can ever take: each keeps its stack, and its report. The caller needs all ten reports, and does not notice
 * that it has seen only one.
 */
@Leak(
        id = "surplus-senders",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 9,
        at = "SynchronousQueue.put",
        cause = "ten threads put into a SynchronousQueue, and the caller takes once",
        cure = "take as many elements as are put",
        unlike = "first-result-wins: there the caller needs one result only, so the cure is room for the others")
public final class SurplusSendersJdk implements Scenario {

    private static final int SENDERS = 10;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<String> reports = new SynchronousQueue<>();
        for (int i = 0; i < SENDERS; i++) {
            threads.start("sender", () -> reports.put("healthy"));
        }
        reports.take();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<String> reports = new SynchronousQueue<>();
        for (int i = 0; i < SENDERS; i++) {
            threads.start("sender", () -> reports.put("healthy"));
        }
        for (int i = 0; i < SENDERS; i++) {
            reports.take();
        }
    }
}

// java -jar benchmarks.jar run surplus-senders --idiom jdk
