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
 * The constructor of a session takes a permit and then connects; when the connection is refused, nobody closes the
 * session.
 *
 * <p>A try-with-resources statement closes what it has got a reference to. A constructor that throws gives no
 * reference: there is no session, so there is nothing to close, and the permit that the constructor has taken is never
 * given back. The first client is reported as failed and ends. The two others wait for the only permit and keep their
 * stacks. The code that uses the session looks faultless, which is why the mistake is hard to find.
 *
 * <p>In {@code jstack}, which lists platform threads only, both are {@code WAITING (parking)} for a
 * {@code Semaphore$NonfairSync}, in the constructor ({@code <init>}).
 */
@Leak(
        id = "guard-never-closed",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = "Semaphore.acquire",
        cause = "the constructor throws after it has taken the permit, so close() is never called",
        cure = "give each thing that must be given back a guard of its own, whose constructor does nothing afterwards",
        seenIn = "OpenLiberty/open-liberty#3752",
        unlike = "permit-lost-on-exception: there the release is on the path of the caller, and is skipped")
public final class GuardNeverClosed implements Scenario {

    private static final int CLIENTS = 3;

    @Override
    public void leaky(Threads threads) {
        var permits = new Semaphore(1);
        var answered = new AtomicInteger();
        var failed = new AtomicInteger();
        for (int i = 0; i < CLIENTS; i++) {
            threads.start("client", () -> {
                try (var session = new Session(permits)) {
                    answered.incrementAndGet();
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
            });
        }
    }

    @Override
    public void fixed(Threads threads) {
        var permits = new Semaphore(1);
        var answered = new AtomicInteger();
        var failed = new AtomicInteger();
        for (int i = 0; i < CLIENTS; i++) {
            threads.start("client", () -> {
                try (var permit = new Permit(permits)) {
                    connect();
                    answered.incrementAndGet();
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
            });
        }
    }

    private static void connect() throws IOException {
        throw new IOException("connection refused");
    }

    private static final class Session implements AutoCloseable {
        private final Semaphore permits;

        Session(Semaphore permits) throws InterruptedException, IOException {
            this.permits = permits;
            permits.acquire();
            connect();
        }

        @Override
        public void close() {
            permits.release();
        }
    }

    private static final class Permit implements AutoCloseable {
        private final Semaphore permits;

        Permit(Semaphore permits) throws InterruptedException {
            this.permits = permits;
            permits.acquire();
        }

        @Override
        public void close() {
            permits.release();
        }
    }
}

// java -jar benchmarks.jar run guard-never-closed --idiom jdk
