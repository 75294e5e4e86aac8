package org.leaklab.ab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of JMH's options goes through, and what contradicts. */
@Tag("once")
class JmhWordsTest {

    @Test
    void whatJmhTakesGoesThrough() {
        JmhWords words = new JmhWords(
                List.of("Queue.*", "-opi", "4", "-jvmArgs", "--enable-preview", "-p", "n=1,2", "-foe", "false"));
        assertThat(words.ofOneFork("f.json"))
                .containsExactly(
                        "-f",
                        "1",
                        "-rf",
                        "json",
                        "-rff",
                        "f.json",
                        "Queue.*",
                        "-opi",
                        "4",
                        "-jvmArgs",
                        "--enable-preview",
                        "-p",
                        "n=1,2",
                        "-foe",
                        "false");
        assertThat(new JmhWords(List.of("Q")).ofOneFork("f.json"))
                .containsExactly("-f", "1", "-rf", "json", "-rff", "f.json", "-foe", "true", "Q");
        assertThat(new JmhWords(List.of("-jvmArgs", "-Xmx1g -Xss1m")).line()).isEqualTo("-jvmArgs \"-Xmx1g -Xss1m\"");
    }

    @ParameterizedTest
    @CsvSource({
        "-f, JMH's option -f contradicts bench ab: each run is one fork",
        "-f3, JMH's option -f contradicts bench ab: each run is one fork",
        "-rf=csv, JMH's option -rf contradicts bench ab: the results",
        "-rff, JMH's option -rff contradicts bench ab: the results",
        "-l, JMH's option -l contradicts bench ab: runs no benchmark",
        "-lprof, JMH's option -lprof contradicts bench ab: runs no benchmark",
        "--piars, there is no option \"--piars\"",
    })
    void whatContradictsIsRefused(String word, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JmhWords(List.of("Queue", word)))
                .withMessageStartingWith(sentence);
    }
}
