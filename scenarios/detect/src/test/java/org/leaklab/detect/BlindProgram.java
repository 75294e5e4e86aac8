package org.leaklab.detect;

import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** Checks in a JVM that may not show its virtual threads, and prints what comes of it; for {@link LeakCheckTest}. */
final class BlindProgram {

    private BlindProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        Thread.startVirtualThread(() -> {
            try {
                Channel.nil().receive();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        print("all", LeakCheck.of(ThreadSource.jvm()).ignoreCurrent());
        print("only launchers", LeakCheck.of(ThreadSource.jvm()).ignoreCurrent().onlyLaunchers());
        Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
        try (threads) {
            print("one launcher", LeakCheck.of(ThreadSource.of(threads)));
            threads.start("leak", () -> Channel.nil().receive());
            print(
                    "all with a leak",
                    LeakCheck.of(ThreadSource.jvm()).ignore(thread -> thread.kind() == ThreadKind.PLATFORM));
        }
        try (Reachability reachability = Reachability.of(threads)) {
            System.out.println("notes " + reachability.probe().notes());
        }
    }

    private static void print(String what, LeakCheck check) throws InterruptedException {
        try {
            check.retry(1, java.time.Duration.ZERO).verifyNone();
            System.out.println(what + ": passes");
        } catch (IllegalStateException | LeakedThreadsError e) {
            System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
