package org.leaklab.scenario.lock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A reader holds the monitor of an account and waits inside a mailbox, and the sender needs the monitor of the account
 * before it comes to the mailbox.
 *
 * <p>{@code wait()} gives back one monitor only: that of the object on which it is called. The reader waits in
 * {@code Mailbox.take} without the monitor of the mailbox, but with that of the account. The sender can never get past
 * it, so no letter comes and no notification. Both keep their stacks, and the account is locked for everybody else. The
 * call hides the mistake: nothing in the reader's lines shows that {@code take} waits.
 *
 * <p>In {@code jstack}, which lists platform threads only, one thread is {@code WAITING (on object monitor)}, the other
 * one {@code BLOCKED (on object monitor)}; the first has a line {@code - locked} for what the second is waiting to
 * lock. It reports no deadlock, because nobody owns a notification.
 */
@Leak(
        id = "wait-in-nested-monitor",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = {"Object.wait", "WaitInNestedMonitor.send"},
        cause = "wait() gives back the inner monitor, and the notifier needs the outer one first",
        cure = "hold no other monitor or lock when you call what may wait",
        seenIn = "lingochamp/FileDownloader#858",
        unlike = "latch-behind-its-own-lock: a latch gives back no lock at all")
public final class WaitInNestedMonitor implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var mailbox = new Mailbox();
        List<String> account = new ArrayList<>(); // guarded by its own monitor
        threads.start("reader", () -> {
            synchronized (account) {
                account.add(mailbox.take());
            }
        });
        threads.start("sender", () -> send(account, mailbox));
    }

    @Override
    public void fixed(Threads threads) {
        var mailbox = new Mailbox();
        List<String> account = new ArrayList<>(); // guarded by its own monitor
        threads.start("reader", () -> {
            String letter = mailbox.take();
            synchronized (account) {
                account.add(letter);
            }
        });
        threads.start("sender", () -> send(account, mailbox));
    }

    private static void send(List<String> account, Mailbox mailbox) throws InterruptedException {
        mailbox.awaited.await();
        synchronized (account) {
            account.add("note: a letter was sent");
            mailbox.put("letter");
        }
    }

    private static final class Mailbox {
        final CountDownLatch awaited = new CountDownLatch(1); // brings about the unlucky order
        private final Queue<String> letters = new ArrayDeque<>(); // guarded by the monitor of this mailbox

        synchronized String take() throws InterruptedException {
            awaited.countDown();
            while (letters.isEmpty()) {
                wait();
            }
            return letters.remove();
        }

        synchronized void put(String letter) {
            letters.add(letter);
            notifyAll();
        }
    }
}

// java -jar benchmarks.jar run wait-in-nested-monitor --idiom jdk
