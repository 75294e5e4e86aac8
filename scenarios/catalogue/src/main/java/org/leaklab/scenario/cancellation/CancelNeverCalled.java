package org.leaklab.scenario.cancellation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.leaklab.core.Context;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread waits for the end of a context, and no thread cancels the context.
 *
 * <p>The session ends when the method that opened it returns. Its context does not end: a return cancels no context,
 * and this one has no deadline. From then on only the cleaner knows the context, and the cleaner waits for it. It keeps
 * the context and the session's files; under a parent that can be cancelled, the parent keeps the context too.
 *
 * <p>In Go: {@code ctx, _ := context.WithCancel(parent); go func() { <-ctx.Done(); cleanUp() }()}, which {@code go vet}
 * reports as {@code lostcancel}.
 */
@Leak(
        id = "cancel-never-called",
        family = Family.CANCELLATION,
        stuck = 1,
        at = "Channel.receive",
        cause = "a thread waits for a context without a deadline, and whoever made it never cancels it",
        cure = "open every context in try-with-resources, so that leaving the block cancels it")
public final class CancelNeverCalled implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Set<String> files = ConcurrentHashMap.newKeySet();
        Context session = Context.background().withCancel();
        threads.start("cleaner", () -> cleanUpAfter(session, files));
        files.add("upload.part");
    }

    @Override
    public void fixed(Threads threads) {
        Set<String> files = ConcurrentHashMap.newKeySet();
        try (Context session = Context.background().withCancel()) {
            threads.start("cleaner", () -> cleanUpAfter(session, files));
            files.add("upload.part");
        }
    }

    private static void cleanUpAfter(Context session, Set<String> files) throws InterruptedException {
        session.done().receive();
        files.clear();
    }
}

// java -jar benchmarks.jar run cancel-never-called --idiom channel
