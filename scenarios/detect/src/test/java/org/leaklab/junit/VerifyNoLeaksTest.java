package org.leaklab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.LeakedThreadsError;

/** Runs test classes that leak and others that do not, and looks who is blamed. */
class VerifyNoLeaksTest {

    private static final Launcher VIRTUAL = Launcher.of(ThreadKind.VIRTUAL);
    private static final Launcher PLATFORM = Launcher.of(ThreadKind.PLATFORM);
    private static final CountDownLatch ALL_STARTED = new CountDownLatch(4);

    @AfterAll
    static void free() {
        VIRTUAL.close();
        PLATFORM.close();
    }

    /** Enabled only when run from here, by a parameter of the request. */
    @VerifyNoLeaks(attempts = 10)
    @Execution(ExecutionMode.CONCURRENT)
    static class Fixture {

        private static void meet() throws InterruptedException {
            ALL_STARTED.countDown();
            ALL_STARTED.await(2, TimeUnit.SECONDS); // so that all of them overlap where they run in parallel
        }

        @Test
        void leaksVirtual() throws InterruptedException {
            meet();
            VIRTUAL.start("leaked virtual", () -> Channel.nil().receive());
        }

        @Test
        void leaksPlatform() throws InterruptedException {
            meet();
            PLATFORM.start("leaked platform", () -> Channel.nil().receive());
        }

        @Test
        void leaksThroughAnother() throws InterruptedException {
            meet();
            Thread between = Thread.ofPlatform()
                    .start(() -> VIRTUAL.start("grandchild", () -> Channel.nil().receive()));
            between.join();
        }

        @Test
        void isClean() throws InterruptedException {
            meet();
            VIRTUAL.start("brief", () -> {}).join(java.time.Duration.ofSeconds(10));
        }

        @Test
        @VerifyNoLeaks(ignoreNames = "known")
        void ignoresWhatItKnows() {
            VIRTUAL.start("known leak", () -> Channel.nil().receive());
        }
    }

    @Test
    void aLeakIsBlamedOnTheTestThatStartedItInParallelToo() {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Fixture.class))
                .configurationParameters(Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    synchronized (results) {
                        results.put(test.getDisplayName(), result);
                    }
                }
            }
        });

        assertThat(results).hasSize(5);
        assertLeaked(results.get("leaksVirtual()"), "leaked virtual");
        assertLeaked(results.get("leaksPlatform()"), "leaked platform");
        assertLeaked(results.get("leaksThroughAnother()"), "grandchild");
        assertThat(List.of(results.get("isClean()"), results.get("ignoresWhatItKnows()")))
                .allSatisfy(result -> assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL));
    }

    private static void assertLeaked(TestExecutionResult result, String name) {
        assertThat(result.getThrowable())
                .hasValueSatisfying(thrown -> assertThat(thrown)
                        .isInstanceOfSatisfying(LeakedThreadsError.class, error -> {
                            assertThat(error.report().count()).as(name).isEqualTo(1);
                            assertThat(error).hasMessageContaining("1 thread named \"" + name + "\"");
                        }));
    }
}
