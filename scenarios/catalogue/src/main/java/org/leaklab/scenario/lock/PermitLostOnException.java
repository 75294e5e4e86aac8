package org.leaklab.scenario.lock;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A {@link Semaphore} lets two requests at a time use a service, and a request that fails does not give its permit
 * back.
 *
 * <p>The service is down, so each of the first two requests takes a permit, throws, and is reported as failed. Their
 * threads end, and both permits are lost: a semaphore does not know who has its permits. The other three requests wait
 * for a permit and keep their stacks. Each failure makes the program a little narrower, so it may stop days after the
 * service was down, when all seems well again.
 *
 * <p>In {@code jstack}, which lists platform threads only, the three are {@code WAITING (parking)} for a
 * {@code Semaphore$NonfairSync}. No thread is in the service, which is what gives the mistake away.
 */
@Leak(
        id = "permit-lost-on-exception",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 3,
        at = "Semaphore.acquire",
        cause = "an exception skips the release(), so each failure loses a permit for ever",
        cure = "release in a finally block of a try that begins right after acquire()",
        seenIn = {"apache/pulsar#13812", "dice-group/gerbil#350", "razz-team/eva#247"},
        unlike = "mutex-never-unlocked: there the first failure stops everybody")
public final class PermitLostOnException implements Scenario {

    private static final int REQUESTS = 5;

    @Override
    public void leaky(Threads threads) {
        var permits = new Semaphore(2);
        var failed = new AtomicInteger();
        for (int i = 0; i < REQUESTS; i++) {
            threads.start("request", () -> {
                permits.acquire();
                try {
                    ask();
                    permits.release();
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
            });
        }
    }

    @Override
    public void fixed(Threads threads) {
        var permits = new Semaphore(2);
        var failed = new AtomicInteger();
        for (int i = 0; i < REQUESTS; i++) {
            threads.start("request", () -> {
                permits.acquire();
                try {
                    ask();
                } catch (IOException e) {
                    failed.incrementAndGet();
                } finally {
                    permits.release();
                }
            });
        }
    }

    private static void ask() throws IOException {
        throw new IOException("connection refused");
    }
}

// java -jar benchmarks.jar run permit-lost-on-exception --idiom jdk
