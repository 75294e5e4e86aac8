package org.leaklab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.leaklab.testing.Eventually.until;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.leaklab.detect.LeakCheck;
import org.leaklab.detect.OutsideProbe;
import org.leaklab.detect.ProbeWatch;

/** What happens while a test begins, or while its threads are looked for, changes no verdict. */
class VerifyNoLeaksMeanwhileTest {

    /** Runs the only test of a class. */
    private static TestExecutionResult run(Class<?> tests) {
        List<TestExecutionResult> results = new ArrayList<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.add(result);
                }
            }
        });
        assertThat(results).hasSize(1);
        return results.getFirst();
    }

    private static void assertPasses(Class<?> tests) {
        TestExecutionResult result = run(tests);
        assertThat(result.getStatus()).as("%s", result).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    }

    @VerifyNoLeaks(attempts = 3)
    static class BeginsDuringAProbe {

        @Test
        void begins() {
            assertThat(ProbeWatch.begin().sawProbe()).isFalse();
        }
    }

    @Test
    void aTestBeginsWhenNoProbeHidesThreads() throws Exception {
        try (OutsideProbe probe = OutsideProbe.begin()) {
            probe.endWhenAwaitedBy(Thread.currentThread());
            assertPasses(BeginsDuringAProbe.class);
        }
    }

    /** While its thread is looked for, another test begins. */
    @VerifyNoLeaks(attempts = 200, longestPauseMillis = 10)
    static class EndsBeforeAnother {

        private static final AtomicReference<FutureTask<TestExecutionResult>> ANOTHER = new AtomicReference<>();

        @Test
        void leavesNothing() {
            Thread looks = Thread.currentThread();
            FutureTask<TestExecutionResult> another = new FutureTask<>(() -> {
                until(() -> isLooking(looks));
                return run(LeavesAThread.class);
            });
            ANOTHER.set(another);
            Thread.ofPlatform().name("has another test run").daemon().start(another);
        }

        private static boolean isLooking(Thread thread) {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(LeakCheck.class.getName())
                            && frame.getMethodName().equals("find"));
        }
    }

    /** Is not alone, so its thread is of one of two tests. */
    @VerifyNoLeaks(attempts = 1)
    static class LeavesAThread {

        private static final Semaphore END = new Semaphore(0);

        @Test
        void leaves() {
            Thread.ofPlatform().name("of another test").daemon().start(END::acquireUninterruptibly);
        }
    }

    @Test
    void aTestIsNotBlamedForAThreadOfOneThatBeganMeanwhile() throws Exception {
        try {
            assertPasses(EndsBeforeAnother.class);
            assertThat(EndsBeforeAnother.ANOTHER.get().get().getStatus())
                    .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
        } finally {
            LeavesAThread.END.release();
        }
    }
}
