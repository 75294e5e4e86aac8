package org.leaklab.scenario.loop;

import java.util.function.IntUnaryOperator;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
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
 *
 * <p>In Go: {@code for i := strings.IndexByte(s, ','); i >= 0; i = next(s, i) { n++ }}, where {@code next} searches
 * from {@code i} on instead of {@code i+1}.
 */
@Leak(
        id = "infinite-loop",
        family = Family.LOOP,
        stuck = 1,
        waits = Waits.SPINNING,
        at = "InfiniteLoop.countFields",
        endedBy = EndedBy.WORK,
        cause = "a round of the loop ends where it began, so the condition to stop is never met",
        cure = "make progress in every round")
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
