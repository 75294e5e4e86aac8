package org.leaklab.scenario.loop;

import java.util.function.IntUnaryOperator;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * A loop that looks for the next comma at the comma it has just found.
 *
 * <p>It finds the same one again and again and never comes to the end of the line. It waits for nothing, so nothing
 * could wake it, and it never looks at the interrupt flag. It keeps its stack and takes a processor. A virtual thread
 * also keeps its carrier, because the scheduler never takes a carrier away. If there are as many such threads as
 * carriers, no other virtual thread of the JVM runs any more.
 */
@Leak(
        id = "infinite-loop",
        idiom = Idiom.JDK,
        family = Family.LOOP,
        stuck = 1,
        waits = Waits.SPINNING,
        at = "InfiniteLoop.countFields",
        endedBy = EndedBy.WORK,
        cause = "a round of the loop ends where it began, so the condition to stop is never met",
        cure = "make progress in every round",
        notReported = "It computes, and no detector can know that a loop never ends. Count, profile and "
                + "verify show that the thread is there.",
        seenIn = {"jhy/jsoup#113", "pcorless/icepdf#381"})
public final class InfiniteLoop implements Scenario {

    @Override
    public void leaky(Threads threads) {
        threads.start("parser", () -> countFields("name,price,stock", comma -> comma, threads));
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("parser", () -> countFields("name,price,stock", comma -> comma + 1, threads));
    }

    private static int countFields(String line, IntUnaryOperator next, Threads threads) {
        int fields = 1;
        for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', next.applyAsInt(comma))) {
            threads.work();
            fields++;
        }
        return fields;
    }
}

// java -jar benchmarks.jar run infinite-loop --idiom jdk
