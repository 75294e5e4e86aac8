package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing moves only if many looks agree, which came often. */
@Tag("once")
class AgreementTest {

    private static final long MILLI = 1_000_000;

    private long now = 1_000 * MILLI;
    private final Agreement agreement = new Agreement(30 * MILLI, () -> now);

    /** How many looks until they have agreed for long enough; 0 if they never have. */
    private int looks(long lengthMillis, long pauseMillis) {
        for (int looks = 1; looks <= 100; looks++) {
            agreement.begin();
            now += lengthMillis * MILLI;
            if (agreement.end(true)) {
                return looks;
            }
            now += pauseMillis * MILLI;
        }
        return 0;
    }

    @Test
    void twentyLooksAreEnoughIfTheyTakeLongEnough() {
        assertThat(looks(1, 1)).isEqualTo(20);
    }

    @Test
    void quickLooksTakeTheirTime() {
        assertThat(looks(0, 1)).isEqualTo(31);
    }

    @Test
    void aFewLooksAreTooFewHoweverLongTheyTake() {
        assertThat(looks(0, 25)).isEqualTo(20);
    }

    /** Who has no processor knows nothing of those that wait for one. */
    @Test
    void looksFarApartSayNothing() {
        assertThat(looks(0, 51)).isZero();
    }

    @Test
    void slowLooksMustAgreeForLonger() {
        assertThat(looks(299, 1)).isEqualTo(3);
    }

    @Test
    void aLookThatFindsSomethingElseBeginsAnew() {
        for (int looks = 0; looks < 200; looks++) {
            agreement.begin();
            assertThat(agreement.end(looks % 19 != 0)).isFalse();
            now += 2 * MILLI;
        }
    }
}
