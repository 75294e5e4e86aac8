package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.leaklab.core.live.PendingDeadlines;

/** The thread behind the deadlines: it sleeps, wakes in time, and ends. */
class TimersTest extends CoreTest {

    private static final Path TASKS = Path.of("/proc/self/task");

    @Override
    ThreadKind bodyKind() {
        return ThreadKind.PLATFORM;
    }

    private static boolean runs() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("leaklab-deadlines"));
    }

    /** How often the thread gave up the processor by itself, which it does each time it goes to sleep. */
    private static long sleeps() throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                String name =
                        Files.readString(task.resolve("comm")); // cut to 15 characters, at the end or in the middle
                if (name.startsWith("leaklab") && !name.strip().endsWith("pired")) {
                    return Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> line.startsWith("voluntary_ctxt_switches"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
                }
            }
        }
        throw new AssertionError("no thread leaklab-deadlines");
    }

    @Test
    void itSleepsWhileNothingIsDue() throws Exception {
        assumeTrue(Files.isDirectory(TASKS), "counts sleeps as Linux does");
        try (Context ignored = Context.background().withTimeout(Duration.ofHours(1))) {
            until(TimersTest::runs);
            Thread.sleep(300); // whatever the start and the tests before had to do is done
            long before = sleeps();
            Thread.sleep(1000); // awake ten times a second, it would have slept ten times
            assertThat(sleeps() - before).isLessThanOrEqualTo(3);
        }
    }

    /** It is woken for the first, and then looks ten times a second, for as long as this goes on. */
    @Test
    void timeoutsThatAreTakenBackDoNotWakeIt() throws Exception {
        assumeTrue(Files.isDirectory(TASKS), "counts sleeps as Linux does");
        assumeNoDeadlineIsLeft();
        until(() -> {
            Context.background().withTimeout(Duration.ofHours(1)).close();
            return runs();
        });
        long begin = System.nanoTime();
        long before = sleeps();
        for (int i = 0; i < 100_000; i++) {
            Context.background().withTimeout(Duration.ofHours(1)).close();
        }
        long tenths = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / 100;
        assertThat(sleeps() - before).isLessThanOrEqualTo(20 + 3 * tenths);
    }

    @Test
    void anEarlierDeadlineWakesItFromALongSleep() {
        assumeTrue(Files.isDirectory(TASKS), "counts sleeps as Linux does");
        assumeNoDeadlineIsLeft();
        try (Context hour = Context.background().withTimeout(Duration.ofHours(1))) {
            until(TimersTest::runs);
            until(TimersTest::sleepsBeyondItsLinger);
            try (Context soon = Context.background().withTimeout(Duration.ofMillis(1))) {
                until(soon::isDone);
            }
            assertThat(hour.isDone()).isFalse();
        }
    }

    /** Whether one and the same sleep lasts longer than the thread stays when there is nothing to do. */
    private static boolean sleepsBeyondItsLinger() {
        try {
            long before = sleeps();
            Thread.sleep(300);
            return sleeps() == before;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itEndsAfterTheLastDeadlineAndStartsAgain() {
        assumeNoDeadlineIsLeft();
        for (int i = 0; i < 3; i++) {
            try (Context ignored = Context.background().withTimeout(Duration.ofHours(1))) {
                until(TimersTest::runs);
            }
            until(() -> !runs());
        }
    }

    /** The thread belongs to the JVM, and so do deadlines that other tests have left. */
    private static void assumeNoDeadlineIsLeft() {
        assumeTrue(PendingDeadlines.setAfter(0) == 0, "no other test has left a deadline");
    }

    @Test
    void ofManyDeadlinesNoneIsLostAndNoneComesEarly() throws Exception {
        assumeNoDeadlineIsLeft();
        int starters = 4;
        int each = 500;
        ConcurrentLinkedQueue<String> early = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Context> kept = new ConcurrentLinkedQueue<>();
        CyclicBarrier start = new CyclicBarrier(starters);
        List<Call<Void>> calls = new ArrayList<>();
        for (int starter = 0; starter < starters; starter++) {
            Random random = new Random(starter);
            calls.add(go(() -> {
                start.await();
                List<Context> closed = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    long nanos = random.nextInt(20_000_000);
                    long due = System.nanoTime() + nanos;
                    Context context = Context.background().withTimeout(Duration.ofNanos(nanos));
                    context.onDone(() -> {
                        if (context.cause() instanceof Context.DeadlineExceededException
                                && System.nanoTime() - due < 0) {
                            early.add("early by " + (due - System.nanoTime()));
                        }
                    });
                    (random.nextBoolean() ? kept : closed).add(context);
                }
                Collections.shuffle(closed, random);
                closed.forEach(Context::close);
            }));
        }
        calls.forEach(call -> assertThat(call.failure()).isNull());
        until(() -> kept.stream().allMatch(Context::isDone));
        assertThat(early).isEmpty();
        until(() -> !runs());
    }

    @Test
    void aTaskOfAGroupIsInterruptedByTheDeadlineAlthoughActionsFail() throws Exception {
        try (Context soon = Context.background().withTimeout(Duration.ofMillis(5));
                TaskGroup group = TaskGroup.open(soon, threads)) {
            soon.onDone(() -> {
                throw new UncheckedIOException(new IOException("listener"));
            });
            TaskGroup.Subtask<Object> waiting =
                    group.fork("waiting", () -> Channel.nil().receive());
            until(() -> waiting.state() != TaskGroup.Subtask.State.RUNNING);
        }
    }

    @Test
    void anInterruptOfTheThreadDoesNotKeepItAwake() throws Exception {
        assumeTrue(Files.isDirectory(TASKS), "counts sleeps as Linux does");
        try (Context ignored = Context.background().withTimeout(Duration.ofHours(1))) {
            until(TimersTest::runs);
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("leaklab-deadlines"))
                    .forEach(Thread::interrupt);
            Thread.sleep(300);
            long before = sleeps();
            Thread.sleep(300);
            assertThat(sleeps() - before).isLessThanOrEqualTo(2);
        }
    }
}
