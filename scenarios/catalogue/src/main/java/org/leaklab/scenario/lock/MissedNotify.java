package org.leaklab.scenario.lock;

import java.util.ArrayDeque;
import java.util.Queue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread waits on a monitor without looking at the condition first, and the notification has come before.
 *
 * <p>A notification wakes the threads that wait at that moment. It is not kept for later threads. The mail that the
 * reader waits for is already there, so no thread will notify again. The reader keeps its stack, and the mail is never
 * read. Here the mail always comes before the reader; in a real program it does so only sometimes.
 *
 * <p>Until JDK 23 a virtual thread in {@code Object.wait} keeps its carrier as well. The scheduler adds carriers to
 * replace it, up to 256 in all. After that no virtual thread of the JVM runs any more. From JDK 24 on a waiting virtual
 * thread leaves its carrier (JEP 491).
 *
 * <p>In Go: {@code cond.L.Lock(); cond.Wait(); cond.L.Unlock()}, without {@code for !ready} around the wait.
 */
@Leak(
        id = "missed-notify",
        family = Family.LOCK,
        stuck = 1,
        at = "Object.wait",
        cause = "the notification came before the wait, and nobody looked at the condition",
        cure = "wait only in a loop that looks at the condition first")
public final class MissedNotify implements Scenario {

    @Override
    @SuppressWarnings("WaitNotInLoop") // that is the mistake
    public void leaky(Threads threads) {
        Queue<String> mail = new ArrayDeque<>();
        deliver(mail);
        threads.start("reader", () -> {
            synchronized (mail) {
                mail.wait();
                mail.remove();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        Queue<String> mail = new ArrayDeque<>();
        deliver(mail);
        threads.start("reader", () -> {
            synchronized (mail) {
                while (mail.isEmpty()) {
                    mail.wait();
                }
                mail.remove();
            }
        });
    }

    private static void deliver(Queue<String> mail) {
        synchronized (mail) {
            mail.add("letter");
            mail.notifyAll();
        }
    }
}

// java -jar benchmarks.jar run missed-notify --idiom channel
