package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.core.Context;

/** Threads that the JDK starts for itself are nobody's leak; threads that are only called like them are seen. */
class JdkThreadsTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private Set<Thread> before = Set.of();
    private Set<Thread> virtualBefore = Set.of();

    /** Here and not earlier: the watcher of JUnit's timeouts begins with the first method of the first test. */
    @BeforeEach
    void lookBefore() {
        before = JvmThreads.platform();
        virtualBefore = JvmThreads.virtual();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Set<String> more() {
        Set<String> names = new TreeSet<>();
        JvmThreads.platform().stream()
                .filter(thread -> !before.contains(thread))
                .forEach(thread -> names.add(thread.getName()));
        JvmThreads.virtual().stream()
                .filter(thread -> !virtualBefore.contains(thread))
                .forEach(thread -> names.add(thread.getName()));
        return names;
    }

    @Test
    void helpersOfTheJdkAreNotSeen() throws Exception {
        List<Thread> sleepers = new ArrayList<>();
        Process child = new ProcessBuilder("sleep", "100").start();
        try (Recording recording = new Recording();
                RecordingStream stream = new RecordingStream();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            recording.enable("jdk.CPULoad").withPeriod(Duration.ofSeconds(1));
            recording.setToDisk(true);
            recording.start();
            stream.enable("jdk.JavaMonitorWait");
            stream.startAsync();
            CompletableFuture<Object> late = new CompletableFuture<>().orTimeout(1, TimeUnit.HOURS);
            assertThat(CompletableFuture.supplyAsync(() -> 7).join()).isEqualTo(7);
            CompletableFuture<Process> exit = child.onExit();
            Cleaner.create().register(new Object(), () -> {});
            sleepers.add(Thread.ofVirtual().name("sleeper").start(() -> sleepOrRead(null)));
            sleepers.add(Thread.ofVirtual().name("reader").start(() -> sleepOrRead(client)));
            until(() -> sleepers.stream().noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE)
                    && JvmThreads.all().anyMatch(thread -> thread.getName().startsWith("JFR")));
            until(() -> more().equals(Set.of("sleeper", "reader")));
            assertThat(late).isNotDone();
            assertThat(exit).isNotDone();
            sleepers.getFirst().interrupt();
        } finally {
            child.destroyForcibly().waitFor();
        }
        for (Thread sleeper : sleepers) {
            sleeper.join();
        }
    }

    private static void sleepOrRead(Socket socket) {
        try {
            if (socket == null) {
                Thread.sleep(Duration.ofHours(1));
            } else {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        } catch (InterruptedException | java.io.IOException e) {
            Thread.currentThread().interrupt(); // that is its end
        }
    }

    @Test
    void aPoolOfTheProgramIsSeenAndTheCommonOneWhileItRunsCodeOfTheProgram() throws Exception {
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            CompletableFuture<Void> own = CompletableFuture.runAsync(this::await, pool);
            Future<?> common = ForkJoinPool.commonPool().submit(this::await);
            try {
                until(() -> more().stream().anyMatch(name -> name.matches("ForkJoinPool-[0-9]+-worker-1"))
                        && more().stream().anyMatch(name -> name.startsWith("ForkJoinPool.commonPool-worker-")));
            } finally {
                end.countDown();
            }
            own.get(1, TimeUnit.MINUTES);
            common.get(1, TimeUnit.MINUTES);
            until(() -> more().stream().noneMatch(name -> name.startsWith("ForkJoinPool.commonPool")));
            assertThat(more()).anyMatch(name -> name.matches("ForkJoinPool-[0-9]+-worker-1"));
        }
    }

    @Test
    void aCarrierIsNotSeenWhateverItsVirtualThreadDoes() throws InterruptedException {
        Thread busy = Thread.ofVirtual().name("busy").start(() -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        until(() -> busy.getState() == Thread.State.RUNNABLE
                && JvmThreads.all()
                        .anyMatch(thread -> JdkThreads.isCarrier(thread.threadId())
                                && Arrays.stream(thread.getStackTrace())
                                        .anyMatch(frame -> frame.getMethodName().equals("doExec"))));
        Set<String> seen = more();
        end.countDown();
        busy.join();
        assertThat(seen).containsExactly("busy");
    }

    @Test
    void theTimerOfTheCoreIsNotSeen() {
        try (Context limited = Context.background().withTimeout(Duration.ofHours(1))) {
            until(() -> JvmThreads.all().anyMatch(thread -> thread.getName().equals("leaklab-deadlines")));
            assertThat(limited.isDone()).isFalse();
            until(() -> more().isEmpty());
        }
    }

    /** The timer of the common pool, or of futures up to JDK 24, runs what depends on a future that timed out. */
    @Test
    void aTimerOfTheJdkIsSeenWhileItServesTheProgram() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        CompletableFuture<Void> timed = new CompletableFuture<>();
        CompletableFuture<Void> after = timed.thenRun(late::join);
        timed.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS); // last: who adds to what is complete runs it itself
        try {
            until(() -> more().stream()
                    .anyMatch(name -> name.endsWith("delayScheduler") || name.endsWith("DelayScheduler")));
        } finally {
            late.complete(null);
        }
        after.join();
        until(() -> more().isEmpty());
    }

    /** What the program gives to a thread of the JDK may be code of the JDK alone. */
    @Test
    void threadsOfTheJdkAreSeenWhileTheyServeTheProgram() throws Exception {
        CompletableFuture<Void> late = new CompletableFuture<>();
        Future<?> common = ForkJoinPool.commonPool().submit((Runnable) late::join);
        Cleaner cleaner = Cleaner.create();
        cleaner.register(new Object(), late::join);
        try {
            until(() -> {
                System.gc();
                return more().stream().anyMatch(name -> name.startsWith("ForkJoinPool.commonPool-worker-"))
                        && more().stream().anyMatch(name -> name.startsWith("Cleaner-"));
            });
        } finally {
            late.complete(null);
        }
        common.get(1, TimeUnit.MINUTES);
        until(() -> more().isEmpty());
        Reference.reachabilityFence(cleaner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VirtualThread-7",
                "ForkJoinPool-1-worker-1",
                "ForkJoinPool.commonPool-worker-1",
                "Common-Cleaner",
                "Finalizer",
                "Signal Dispatcher",
                "Attach Listener",
                "DestroyJavaVM",
                "process reaper",
                "CompletableFutureDelayScheduler",
                "JFR Recorder Thread",
                "Keep-Alive-Timer",
                "Read-Poller",
                "MasterPoller"
            })
    void aThreadThatIsCalledLikeOneOfTheJdkIsSeen(String name) throws InterruptedException {
        Thread platform = Thread.ofPlatform().name(name).daemon().start(this::await);
        Thread virtual = Thread.ofVirtual().name(name).start(this::await);
        until(() -> platform.getState() == Thread.State.WAITING && virtual.getState() == Thread.State.WAITING);
        boolean seen = JvmThreads.platform().contains(platform);
        boolean virtualSeen = JvmThreads.virtual().contains(virtual);
        end.countDown();
        platform.join();
        virtual.join();
        assertThat(seen).isTrue();
        assertThat(virtualSeen).isTrue();
    }
}
