package org.leaklab.ab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.ab.Ruler.Reading;

/** How far the ruler may move, and the real one. */
@Tag("once")
class BandTest {

    private static List<Reading> readings(Random random, int number) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            readings.add(
                    new Reading(Math.exp(0.02 * random.nextGaussian()), Math.exp(0.1 * random.nextGaussian()), 1.01));
        }
        return readings;
    }

    @Test
    void aMoveBeyondAllThatWereSeenIsAMove() {
        Band band = Band.of(readings(new Random(1), Band.READINGS));
        Reading still = new Reading(1, 1, 1.01);
        assertThat(band.moved(still, still)).isEmpty();
        assertThat(band.moved(still, new Reading(1.2, 1.1, 1.01))).containsExactly("clock +20.0 %");
        assertThat(band.moved(still, new Reading(0.8, 0.2, 1.8)))
                .containsExactly("clock -20.0 %", "memory -80.0 %", "waiting +78.2 %");
        assertThat(band.moved(still, new Reading(1, 1, 1.03)))
                .as("2 % is no move on any machine")
                .isEmpty();
        assertThat(band.text()).matches("clock \\d %, memory \\d\\d %, waiting 3 %");
    }

    /** A new move is the furthest of 30 with a probability of 1/30; two pieces vary here. */
    @Test
    void aMachineThatStaysAsItWasIsSeldomDisturbed() {
        Random random = new Random(2);
        int disturbed = 0;
        for (int run = 0; run < 2000; run++) {
            List<Reading> all = readings(random, Band.READINGS + 10);
            Band band = Band.of(all.subList(0, Band.READINGS));
            disturbed += band.moved(all.get(Band.READINGS + 5), all.get(Band.READINGS + 6))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(disturbed / 2000.0).isBetween(0.03, 0.09);
    }

    @Test
    void muchIsSaid() {
        assertThat(Band.of(List.of(new Reading(1, 1, 1), new Reading(1, 1.2, 1)))
                        .warning())
                .isEmpty();
        assertThat(Band.of(List.of(new Reading(1, 1, 1), new Reading(1, 1.4, 1)))
                        .warning())
                .hasValueSatisfying(line -> assertThat(line).startsWith("! the ruler moved that far"));
    }

    @Test
    void theRulerReadsInAJvmOfItsOwn() throws Exception {
        Reading reading = new FreshJvmRuler().read();
        assertThat(reading.clock()).isBetween(1e5, 1e9);
        assertThat(reading.memory()).isBetween(1e4, 1e9);
        assertThat(reading.waiting()).isBetween(0.99, 100.0);
    }
}
