package org.leaklab.field.healthy;

import java.util.concurrent.CountDownLatch;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Host;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** The main thread waits for ever, so that the process stays. */
@Expected(value = Answer.HEALTHY, after = "the main thread waits for ever on purpose")
public final class MainAwaits implements Program {

    @Override
    public void start(Threads threads) {
        threads.start("works", () -> {
            while (true) {
                Thread.sleep(100);
            }
        });
    }

    /** Waits in its own code, as a program does that has nothing more to do. */
    public static void main(String[] args) throws Exception {
        Host.started(args);
        new CountDownLatch(1).await();
    }
}
