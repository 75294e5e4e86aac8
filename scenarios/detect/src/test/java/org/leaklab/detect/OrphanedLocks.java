package org.leaklab.detect;

import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/**
 * For each kind, a thread waits for a lock whose owner has ended; prints what is said of it; see {@link DeadlockTest}.
 */
final class OrphanedLocks {

    private OrphanedLocks() {}

    public static void main(String[] arguments) throws InterruptedException {
        for (ThreadKind kind : ThreadKind.values()) {
            Launcher threads = Launcher.of(kind);
            ReentrantLock orphan = new ReentrantLock();
            if (!threads.start("dies", orphan::lock).join(PATIENCE)) {
                throw new AssertionError("the owner does not end");
            }
            Launched heir = threads.start("heir", orphan::lock);
            until(() -> heir.thread().getState() == Thread.State.WAITING);
            ThreadReport report = Deadlock.report(ThreadSource.of(threads));
            System.out.println(kind.name() + " " + report.count() + " threads, " + String.join("; ", report.notes()));
        }
        System.exit(0);
    }
}
