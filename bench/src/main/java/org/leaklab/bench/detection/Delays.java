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
 * stuck one by one. Most of that is the wait for the next look, which is the period's doing; the rest is the
 * detector's.
 *
 * @param histogram the delays, in microseconds
 * @param ofDetector of each, the part from the beginning of the first look after the thread had got stuck, in
 *     microseconds: a look, and where that one does not report it, periods more
 * @param planted how many threads got stuck
 * @param missed how many of them were not reported by the first look after the last of them
 */
record Delays(Histogram histogram, Histogram ofDetector, int planted, int missed) {

    private static final int DIGITS = 3;
    private static final long NANOS_A_MICRO = 1_000;
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
        return measure(
                detector, duration, period, apart, () -> Channel.unbuffered().receive());
    }

    /** @param stuck what each thread does when it has said that it gets stuck */
    static Delays measure(
            Function<Launcher, PolledDetector> detector,
            Duration duration,
            Duration period,
            Duration apart,
            Launcher.Task stuck)
            throws InterruptedException {
        try (Launcher launcher = Launcher.of(ThreadKind.VIRTUAL);
                PolledDetector polled = detector.apply(launcher)) {
            Recording recording = new Recording();
            Thread planter = Thread.ofPlatform()
                    .name("planter")
                    .daemon()
                    .start(() -> plant(launcher, recording.stuckSince, apart, stuck));
            try {
                long began = System.nanoTime();
                for (long look = 1; System.nanoTime() - began < duration.toNanos(); look++) {
                    long left = began + look * period.toNanos() - System.nanoTime();
                    Thread.sleep(Duration.ofNanos(Math.max(0, left)));
                    recording.look(polled);
                }
            } finally {
                planter.interrupt();
                planter.join();
            }
            int planted = launcher.liveCount();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while ((recording.stuckSince.size() < planted || !allWait(launcher)) && System.nanoTime() - deadline < 0) {
                Thread.sleep(1); // the last one is on its way to its wait
            }
            recording.look(polled);
            recording.delays.setEndTimeStamp(System.currentTimeMillis());
            return new Delays(recording.delays, recording.ofDetector, planted, planted - recording.reported);
        }
    }

    /**
     * Checks that the delays are those of all threads.
     *
     * @throws IllegalStateException if some were not reported in the end
     */
    Delays check() {
        if (planted == 0 || missed > 0) {
            throw new IllegalStateException(
                    "of " + planted + " threads that got stuck, " + missed + " are not reported");
        }
        return this;
    }

    /** What is known so far. Threads get stuck in the order in which they say so, and are reported in that order. */
    private static final class Recording {
        private final List<Long> stuckSince = Collections.synchronizedList(new ArrayList<>());
        private final List<Long> looks = new ArrayList<>();
        private final Histogram delays = new Histogram(DIGITS);
        private final Histogram ofDetector = new Histogram(DIGITS);
        private int reported;

        Recording() {
            delays.setStartTimeStamp(System.currentTimeMillis());
        }

        void look(PolledDetector polled) throws InterruptedException {
            looks.add(System.nanoTime());
            int now = Math.min(polled.look(), stuckSince.size());
            long time = System.nanoTime();
            for (; reported < now; reported++) {
                long since = stuckSince.get(reported);
                delays.recordValue(Math.max(0, (time - since) / NANOS_A_MICRO));
                ofDetector.recordValue(Math.max(0, (time - firstLookAfter(since)) / NANOS_A_MICRO));
            }
        }

        /** One that got stuck while the last look went on was reported by that one all the same. */
        private long firstLookAfter(long since) {
            int at = looks.size();
            while (at > 0 && looks.get(at - 1) - since >= 0) {
                at--;
            }
            return at < looks.size() ? looks.get(at) : since;
        }
    }

    private static boolean allWait(Launcher launcher) {
        return launcher.live().stream().allMatch(launched -> launched.thread().getState() == Thread.State.WAITING);
    }

    private static void plant(Launcher launcher, List<Long> stuckSince, Duration apart, Launcher.Task stuck) {
        try {
            while (true) {
                launcher.start("leak", () -> {
                    stuckSince.add(System.nanoTime());
                    stuck.run();
                });
                Thread.sleep(apart);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // enough
        }
    }
}
