package org.leaklab.alone;

import java.util.concurrent.SynchronousQueue;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Reachability;
import org.leaklab.testing.Eventually;

/** Leaks a thread, probes once, and prints how many threads are leaked, and which modules it has. */
public final class ProbesOnce {

    private ProbesOnce() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("module " + Reachability.class.getModule().getName());
        System.out.println(
                "recorder " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                Reachability reachability = Reachability.of(threads)) {
            threads.start("leaked", () -> new SynchronousQueue<String>().put("42"));
            Eventually.until(() -> threads.live().stream()
                    .map(Launched::thread)
                    .allMatch(thread -> thread.getState() == Thread.State.WAITING));
            System.out.println("leaked " + reachability.probe().threads().size());
        }
    }
}
