package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shard takes. */
class ShardTest {

    private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e");

    @Test
    void takesEveryNth() {
        assertThat(Shard.parse("1/2").of(LETTERS)).containsExactly("a", "c", "e");
        assertThat(Shard.parse("2/2").of(LETTERS)).containsExactly("b", "d");
        assertThat(Shard.parse("7/9").of(LETTERS)).isEmpty();
        assertThat(Shard.WHOLE.of(LETTERS)).isEqualTo(LETTERS);
    }

    @Test
    void namesItsFiles() {
        assertThat(Shard.parse("2/3").suffix()).isEqualTo(".shard-2-of-3");
        assertThat(Shard.parse("1/1").suffix()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3/2", "0/2", "0/0", "x", "1", "1/", "-1/2", "1/2/3", "1 / 2", ""})
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shard.parse(text))
                .withMessage("a shard is i/n with i from 1 to n, 2/3 for example, not \"" + text + "\"");
    }
}
