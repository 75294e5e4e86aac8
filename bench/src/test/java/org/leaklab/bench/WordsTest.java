package org.leaklab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.bench.stuck.StuckOn;

/** A word of a parameter and the constant that it means. */
@Tag("once")
class WordsTest {

    @ParameterizedTest
    @EnumSource
    void aWordMeansTheConstantThatItIsMadeOf(StuckOn constant) {
        assertThat(Words.constant(StuckOn.class, Words.of(constant))).isEqualTo(constant);
    }

    @Test
    void wordsAreWrittenInSmallLettersWithDashes() {
        assertThat(Words.of(StuckOn.OBJECT_WAIT)).isEqualTo("object-wait");
    }

    @Test
    void aWordThatMeansNothingIsRefused() {
        assertThatThrownBy(() -> Words.constant(TimeUnit.class, "fortnights"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
