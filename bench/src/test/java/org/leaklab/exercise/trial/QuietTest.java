package org.leaklab.exercise.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Threads are stuck only if nothing moved in many looks that came often. */
@Tag("once")
class QuietTest {

    private static final List<Thread> THREADS = List.of(new Thread("a"), new Thread("b"));

    private long millis = 1_000;
    private long lag = 1_000_000;
    private final Quiet quiet = new Quiet(1, () -> millis * 1_000_000);

    /** How many looks, so far apart, until it lasts; 0 if it never does. */
    private int looks(int apart) {
        for (int looks = 1; looks <= 200; looks++) {
            if (quiet.lasts(Census.Rest.ALL, THREADS, 7, lag)) {
                return looks;
            }
            millis += apart;
        }
        return 0;
    }

    @Test
    void itLastsAfterAQuarterOfASecond() {
        assertThat(looks(10)).isEqualTo(26);
    }

    @Test
    void aFewLooksAreTooFew() {
        assertThat(looks(40))
                .as("twenty, and not the seven that a quarter of a second has")
                .isEqualTo(20);
    }

    /** A judge without a processor knows nothing of those that wait for one. */
    @Test
    void looksFarApartSayNothing() {
        assertThat(looks(60)).isZero();
    }

    @Test
    void aStepBeginsAnew() {
        for (int steps = 0; steps < 200; steps++) {
            assertThat(quiet.lasts(Census.Rest.ALL, THREADS, steps, lag)).isFalse();
            millis += 10;
        }
    }

    @Test
    void aThreadThatEndsBeginsAnew() {
        for (int i = 0; i < 20; i++) {
            assertThat(quiet.lasts(Census.Rest.ALL, THREADS, 7, lag)).isFalse();
            millis += 10;
        }
        for (int i = 0; i < 20; i++) {
            assertThat(quiet.lasts(Census.Rest.ALL, THREADS.subList(0, 1), 7, lag))
                    .isFalse();
            millis += 10;
        }
    }

    @Test
    void whatMovesBeginsAnew() {
        for (int i = 0; i < 200; i++) {
            assertThat(quiet.lasts(i % 20 != 0 ? Census.Rest.ALL : Census.Rest.NONE, THREADS, 7, lag))
                    .isFalse();
            millis += 10;
        }
    }

    /** Where who is woken waits long for a processor, who was woken and looks stuck may do so too. */
    @Test
    void whereThreadsWaitForAProcessorItTakesLonger() {
        lag = 30_000_000;
        assertThat(looks(10)).as("twenty times 30 ms").isEqualTo(61);
    }

    @Test
    void theLongestLagCounts() {
        lag = 30_000_000;
        quiet.lasts(Census.Rest.ALL, THREADS, 7, lag);
        lag = 1_000_000;
        assertThat(looks(10)).isEqualTo(61);
    }

    /** A thread that is about to get a monitor looks as if it waited for ever. */
    @Test
    void whereOneMayBeAboutToEnterAMonitorItTakesLonger() {
        int looks = 1;
        while (!quiet.lasts(Census.Rest.PERHAPS, THREADS, 7, lag)) {
            looks++;
            millis += 10;
        }
        assertThat(looks).isEqualTo(151);
    }
}
