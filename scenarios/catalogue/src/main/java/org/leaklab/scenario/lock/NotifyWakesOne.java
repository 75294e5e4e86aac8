package org.leaklab.scenario.lock;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * An archivist waits on a monitor until a document is printed, a printer waits on the same monitor until there is a
 * document, and the author of the document calls {@code notify()}.
 *
 * <p>{@code notify()} wakes one thread, and the author cannot choose which. HotSpot wakes the one that has waited
 * longest: the archivist. It finds that nothing is printed and waits again. The notification is used up, the printer is
 * never woken, and so the archivist never is either. Both keep their stacks, and the document stays in the tray.
 *
 * <p>In {@code jstack}, which lists platform threads only, both are {@code WAITING (on object monitor)}, in
 * {@code Object.wait}. Both stacks have a line {@code - locked} for the same tray: that is where they took its monitor,
 * before {@code wait()} gave it back. No thread owns it, so there is no deadlock to report.
 */
@Leak(
        id = "notify-wakes-one",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = "Object.wait",
        cause = "notify() wakes a thread that waits for something else, and the right one sleeps on",
        cure = "call notifyAll(), or give each thing to wait for its own Condition",
        seenIn = {"apache/gravitino#4183", "propensive/soundness#1053"})
public final class NotifyWakesOne implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var tray = new Tray();
        start(threads, tray);
        threads.start("author", () -> {
            tray.printerWaits.await();
            synchronized (tray) {
                tray.documents.add("letter");
                tray.notify();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var tray = new Tray();
        start(threads, tray);
        threads.start("author", () -> {
            tray.printerWaits.await();
            synchronized (tray) {
                tray.documents.add("letter");
                tray.notifyAll();
            }
        });
    }

    private static void start(Threads threads, Tray tray) {
        threads.start("archivist", tray::archive);
        threads.start("printer", tray::print);
    }

    /** Documents on their way through the printer. The latches bring about the order in which the threads wait. */
    private static final class Tray {
        final CountDownLatch archivistWaits = new CountDownLatch(1);
        final CountDownLatch printerWaits = new CountDownLatch(1);
        final Queue<String> documents = new ArrayDeque<>(); // guarded by the monitor of this tray, as is the next
        private boolean printed;

        synchronized void archive() throws InterruptedException {
            archivistWaits.countDown();
            while (!printed) {
                wait();
            }
        }

        void print() throws InterruptedException {
            archivistWaits.await();
            synchronized (this) {
                printerWaits.countDown();
                while (documents.isEmpty()) {
                    wait();
                }
                documents.remove();
                printed = true;
                notifyAll();
            }
        }
    }
}

// java -jar benchmarks.jar run notify-wakes-one --idiom jdk
