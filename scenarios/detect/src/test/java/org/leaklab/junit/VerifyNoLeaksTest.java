package org.leaklab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
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
import org.leaklab.detect.OtherJvm;

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

    /** One that leaks nothing, in a JVM that does not show its virtual threads. */
    @VerifyNoLeaks(attempts = 1)
    static class Blind {

        @Test
        void cannotSee() {}

        @Test
        @VerifyNoLeaks(attempts = 1, onlyLaunchers = true)
        void looksAtLaunchersOnly() {}

        @Test
        @VerifyNoLeaks(attempts = 1, onlyLaunchers = true)
        void looksAtLaunchersAndLeaks() {
            VIRTUAL.start("leaked", () -> Channel.nil().receive());
        }
    }

    /** Runs {@link Blind} and prints why tests fail. */
    static final class RunsBlind {
        private RunsBlind() {}

        public static void main(String[] arguments) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(Blind.class))
                    .build();
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (test.isTest()) {
                        System.out.println(test.getDisplayName() + " "
                                + result.getThrowable().map(Object::toString).orElse("passes"));
                    }
                }
            });
        }
    }

    @Test
    void aTestThatCannotBeCheckedFails() throws Exception {
        assertThat(OtherJvm.run(List.of(), RunsBlind.class))
                .contains("cannotSee() java.lang.IllegalStateException: the check found no thread")
                .contains("<argLine>--add-opens java.base/jdk.internal.vm=ALL-UNNAMED</argLine>")
                .contains("@VerifyNoLeaks(onlyLaunchers = true)")
                .contains("looksAtLaunchersOnly() passes")
                .contains("looksAtLaunchersAndLeaks() org.leaklab.detect.LeakedThreadsError: 1 thread was left behind");
    }

    /** A test with a timeout has JUnit start a thread that stays. */
    @VerifyNoLeaks(attempts = 3)
    static class Timed {

        @Test
        @org.junit.jupiter.api.Timeout(100)
        void ends() {}
    }

    @Test
    void threadsOfJUnitAreNotBlamedOnATest() {
        TestExecutionResult[] of = new TestExecutionResult[1];
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Timed.class))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    of[0] = result;
                                }
                            }
                        });
        assertThat(of[0].getStatus()).as("%s", of[0]).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    }

    /** The first test makes the thread of a pool, and the second one leaks there. */
    @VerifyNoLeaks(attempts = 3, ignoreNames = "shared pool")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Pooled {

        private static final ExecutorService POOL = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("shared pool").daemon().factory());

        @Test
        void first() throws Exception {
            POOL.submit(() -> {}).get(1, TimeUnit.MINUTES);
        }

        @Test
        void second() throws Exception {
            POOL.submit(() -> VIRTUAL.start(
                            "leaked in a pool", () -> Channel.nil().receive()))
                    .get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void aLeakOnAThreadThatAnEarlierTestMadeIsBlamedOnTheTestUnderWay() {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Pooled.class))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    results.put(test.getDisplayName(), result);
                                }
                            }
                        });
        Pooled.POOL.shutdownNow();
        assertThat(results.get("first()").getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
        assertLeaked(results.get("second()"), "leaked in a pool");
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
