package org.leaklab.scenario.pitfall;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * Tasks that read the loop's {@link AtomicInteger} when they run, instead of a copy from when they were started.
 *
 * <p>Java does not let a lambda capture a counter that changes. An {@code AtomicInteger} gets around the compiler, and
 * makes one variable for all tasks. It is atomic, but that does not help: the tasks do not need a safe counter, they
 * need each its own number. Tasks that run after the loop see its last value. Tasks that run during the loop may see
 * any value. No thread gets stuck: page 3, which does not exist, is fetched three times, and pages 0 to 2 never. Here
 * the tasks wait for the end of the loop, so that the mistake always shows.
 */
@Leak(
        id = "shared-loop-variable",
        idiom = Idiom.JDK,
        family = Family.PITFALL,
        stuck = 0,
        wrongAnswer = true,
        cause = "all tasks share one AtomicInteger and read it after the loop has moved on",
        cure = "copy the counter into a variable of the loop's body, which each task captures for itself")
public final class SharedLoopVariableJdk implements Scenario {

    private static final int PAGES = 3;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        CountDownLatch loopEnded = new CountDownLatch(1);
        BlockingQueue<Integer> fetched = new LinkedBlockingQueue<>();
        AtomicInteger page = new AtomicInteger();
        for (; page.get() < PAGES; page.incrementAndGet()) {
            threads.start("fetcher", () -> {
                loopEnded.await();
                fetched.put(page.get());
            });
        }
        loopEnded.countDown();
        WrongAnswer.unless(List.of(0, 1, 2), sorted(fetched));
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        CountDownLatch loopEnded = new CountDownLatch(1);
        BlockingQueue<Integer> fetched = new LinkedBlockingQueue<>();
        for (int next = 0; next < PAGES; next++) {
            int page = next;
            threads.start("fetcher", () -> {
                loopEnded.await();
                fetched.put(page);
            });
        }
        loopEnded.countDown();
        WrongAnswer.unless(List.of(0, 1, 2), sorted(fetched));
    }

    private static List<Integer> sorted(BlockingQueue<Integer> fetched) throws InterruptedException {
        return Stream.of(fetched.take(), fetched.take(), fetched.take())
                .sorted()
                .toList();
    }
}

// java -jar benchmarks.jar run shared-loop-variable --idiom jdk
