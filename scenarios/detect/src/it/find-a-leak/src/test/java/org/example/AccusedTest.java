package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.LeakedThreadsError;
import org.leaklab.junit.VerifyNoLeaks;

/** Runs a test that leaves a thread behind, and one that does not: the first is accused. */
class AccusedTest {

    private static final Launcher THREADS = Launcher.of(ThreadKind.VIRTUAL);

    /** Run from here only: the build takes no nested classes. */
    @VerifyNoLeaks(attempts = 3)
    static class Leaves {

        @Test
        void aThread() {
            THREADS.start("left behind", () -> new SynchronousQueue<String>().take());
        }

        @Test
        void nothing() throws InterruptedException {
            THREADS.start("ends", () -> {}).thread().join();
        }
    }

    @AfterAll
    static void free() {
        THREADS.close();
    }

    @Test
    void whoLeavesAThreadIsAccused() {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Leaves.class))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        List<TestExecutionSummary.Failure> failures = summary.getFailures();
        assertEquals(1, failures.size(), failures::toString);
        assertEquals("aThread()", failures.getFirst().getTestIdentifier().getDisplayName());
        Throwable accusation = failures.getFirst().getException();
        assertInstanceOf(LeakedThreadsError.class, accusation);
        assertTrue(accusation.getMessage().contains("left behind"), accusation::getMessage);
        assertEquals(1, summary.getTestsSucceededCount());
    }
}
