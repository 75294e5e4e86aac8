package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.leaklab.detect.OtherJvm;

/**
 * How much longer a suite of 10,000 tests takes with the check: {@code scripts/suite-cost}. Each test computes for one
 * millisecond. Each run has a JVM of its own; of each pair the other one is first.
 */
class SuiteCostTest {

    private static final String PAIRS = "leaklab.suiteCost.pairs";
    private static final int TESTS = 10_000;

    static class ShortTests {
        @RepeatedTest(TESTS)
        void computes() {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Runs the tests, and prints how many milliseconds they took. */
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) {
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(ShortTests.class))
                    .build();
            long began = System.nanoTime();
            LauncherFactory.create().execute(request);
            System.out.println("took " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }

    private static long millis(String verify) throws Exception {
        String said = OtherJvm.run(List.of("-Dleaklab.verify=" + verify), Run.class);
        assertThat(said).contains("took ");
        return Long.parseLong(said.substring(said.lastIndexOf("took ") + 5).strip());
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @EnabledIfSystemProperty(named = PAIRS, matches = "\\d+")
    void measures() throws Exception {
        List<Double> percent = new ArrayList<>();
        System.out.println("pair  without ms  with ms  longer by");
        for (int pair = 1; pair <= Integer.getInteger(PAIRS); pair++) {
            boolean withFirst = pair % 2 == 0;
            long first = millis(withFirst ? "fail" : "off");
            long second = millis(withFirst ? "off" : "fail");
            long with = withFirst ? first : second;
            long without = withFirst ? second : first;
            percent.add(100.0 * (with - without) / without);
            System.out.printf(Locale.ROOT, "%4d  %10d  %7d  %7.2f %%%n", pair, without, with, percent.getLast());
        }
        List<Double> sorted = percent.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        System.out.printf(
                Locale.ROOT, "median %.2f %%, from %.2f to %.2f %%%n", median, sorted.getFirst(), sorted.getLast());
    }
}
