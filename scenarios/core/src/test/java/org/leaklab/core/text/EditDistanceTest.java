package org.leaklab.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    /** The first two are the examples that textbooks have. */
    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "saturday, sunday, 3",
        "flaw, lawn, 2",
        "leaklab.ignoreName, leaklab.ignoreNames, 1",
        "same, same, 0",
        "'', abc, 3"
    })
    void countsTheEdits(String a, String b, int edits) {
        assertThat(EditDistance.of(a, b)).isEqualTo(edits);
        assertThat(EditDistance.of(b, a)).isEqualTo(edits);
    }
}
