package org.leaklab.bench.detection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/**
 * How long it takes from a thread getting stuck to its report, by a detector that looks once a period while threads get
 * stuck one by one.
 *
 * @param histogram the delays, in microseconds
 * @param planted how many threads got stuck
 * @param missed how many of them were not reported by the first look after the last of them
 */
record Delays(Histogram histogram, int planted, int missed) {

    private static final int DIGITS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Measures; takes as long as it is told and a look more.
     *
     * @param period from one look to the next
     * @param apart from one thread getting stuck to the next
     */
    static Delays measure(PolledDetector.Kind detector, Duration duration, Duration period, Duration apart)
            throws InterruptedException {
        return measure(detector::at, duration, period, apart);
    }

    static Delays measure(
            Function<Launcher, PolledDetector> detector, Duration duration, Duration period, Duration apart)
            throws InterruptedException {
        try (Launcher launcher = Launcher.of(ThreadKind.VIRTUAL);
                PolledDetector polled = detector.apply(launcher)) {
            List<Long> stuckSince = Collections.synchronizedList(new ArrayList<>());
            Histogram histogram = new Histogram(DIGITS);
            histogram.setStartTimeStamp(System.currentTimeMillis());
            Thread planter =
                    Thread.ofPlatform().name("planter").daemon().start(() -> plant(launcher, stuckSince, apart));
            int reported = 0;
            try {
                long began = System.nanoTime();
                for (long look = 1; System.nanoTime() - began < duration.toNanos(); look++) {
                    long left = began + look * period.toNanos() - System.nanoTime();
                    Thread.sleep(Duration.ofNanos(Math.max(0, left)));
                    reported = record(polled.look(), reported, stuckSince, histogram);
                }
            } finally {
                planter.interrupt();
                planter.join();
            }
            int planted = launcher.liveCount();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (stuckSince.size() < planted && System.nanoTime() < deadline) {
                Thread.sleep(1); // the last one is on its way to its wait
            }
            reported = record(polled.look(), reported, stuckSince, histogram);
            histogram.setEndTimeStamp(System.currentTimeMillis());
            return new Delays(histogram, planted, planted - reported);
        }
    }

    /** So many are reported now; they got stuck in the order in which they said so. */
    private static int record(int now, int before, List<Long> stuckSince, Histogram histogram) {
        long time = System.nanoTime();
        int known = Math.min(now, stuckSince.size());
        for (int i = before; i < known; i++) {
            histogram.recordValue(Math.max(0, (time - stuckSince.get(i)) / 1_000));
        }
        return Math.max(before, known);
    }

    private static void plant(Launcher launcher, List<Long> stuckSince, Duration apart) {
        try {
            while (true) {
                launcher.start("leak", () -> {
                    stuckSince.add(System.nanoTime());
                    Channel.unbuffered().receive();
                });
                Thread.sleep(apart);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // enough
        }
    }
}
