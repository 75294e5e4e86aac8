package org.leaklab.scenario.pitfall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * Tasks that read the loop's own counter when they run, instead of a copy from when they were started.
 *
 * <p>Java does not let a lambda capture a counter that changes. The usual way around this is an array of one element or
 * an {@code AtomicInteger}. That makes one variable for all tasks, which is what Java forbids. Tasks that run after the
 * loop see its last value. Tasks that run during the loop may see any value. No thread gets stuck: page 3, which does
 * not exist, is fetched three times, and pages 0 to 2 never. Here the tasks wait for the end of the loop, so that the
 * mistake always shows.
 *
 * <p>In Go before 1.22: {@code for page := 0; page < 3; page++ { go func() { fetched <- page }() }}.
 */
@Leak(
        id = "shared-loop-variable",
        family = Family.PITFALL,
        stuck = 0,
        wrongAnswer = true,
        cause = "all tasks share one counter and read it after the loop has moved on",
        cure = "copy the counter into a variable of the loop's body, which each task captures for itself")
public final class SharedLoopVariable implements Scenario {

    private static final int PAGES = 3;

    @Override
    public void leaky(Threads threads) throws Exception {
        Channel<Void> loopEnded = Channel.unbuffered();
        Channel<Integer> fetched = Channel.buffered(PAGES);
        AtomicInteger page = new AtomicInteger();
        for (; page.get() < PAGES; page.incrementAndGet()) {
            threads.start("fetcher", () -> {
                loopEnded.receive();
                fetched.send(page.get());
            });
        }
        loopEnded.close();
        WrongAnswer.unless(List.of(0, 1, 2), sorted(fetched));
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        Channel<Void> loopEnded = Channel.unbuffered();
        Channel<Integer> fetched = Channel.buffered(PAGES);
        for (int next = 0; next < PAGES; next++) {
            int page = next;
            threads.start("fetcher", () -> {
                loopEnded.receive();
                fetched.send(page);
            });
        }
        loopEnded.close();
        WrongAnswer.unless(List.of(0, 1, 2), sorted(fetched));
    }

    private static List<Integer> sorted(Channel<Integer> fetched) throws InterruptedException {
        List<Integer> pages = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            pages.add(fetched.receive());
        }
        Collections.sort(pages);
        return pages;
    }
}

// java -jar benchmarks.jar run shared-loop-variable --idiom channel
