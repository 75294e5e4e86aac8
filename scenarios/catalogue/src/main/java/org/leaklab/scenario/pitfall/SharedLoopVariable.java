package org.leaklab.scenario.pitfall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        cure = "give each task its own final copy of what it works on")
public final class SharedLoopVariable implements Scenario {

    private static final int PAGES = 3;

    @Override
    public void leaky(Threads threads) throws Exception {
        Channel<Void> loopEnded = Channel.unbuffered();
        Channel<Integer> fetched = Channel.buffered(PAGES);
        int[] next = {0};
        for (; next[0] < PAGES; next[0]++) {
            int[] page = next;
            threads.start("fetcher", () -> {
                loopEnded.receive();
                fetched.send(page[0]);
            });
        }
        loopEnded.close();
        WrongAnswer.unless(List.of(0, 1, 2), sorted(fetched));
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        Channel<Void> loopEnded = Channel.unbuffered();
        Channel<Integer> fetched = Channel.buffered(PAGES);
        int[] next = {0};
        for (; next[0] < PAGES; next[0]++) {
            int[] page = {next[0]};
            threads.start("fetcher", () -> {
                loopEnded.receive();
                fetched.send(page[0]);
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
