package org.leaklab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
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
}
