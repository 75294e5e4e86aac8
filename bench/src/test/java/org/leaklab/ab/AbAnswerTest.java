package org.leaklab.ab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Pairs that are written by hand: several rows, several units, no pairs. */
@Tag("once")
class AbAnswerTest {

    private static final Ruler.Reading STILL = new Ruler.Reading(1, 2, 1);

    private static ArrayNode results(List<String> results) {
        return (ArrayNode) JsonMapper.shared().readTree("[" + String.join(",", results) + "]");
    }

    private static Pair pair(int number, List<String> base, List<String> now) {
        return new Pair(number, Pair.isBaseFirst(number), STILL, STILL, List.of(), 1, results(base), results(now));
    }

    /** The first row takes twice the time; the others are 1 % up and down in turn. */
    private static AbAnswer oneOfSevenIsSlower(int pairs) {
        List<Pair> all = new ArrayList<>();
        for (int number = 1; number <= pairs; number++) {
            List<String> base = new ArrayList<>();
            List<String> now = new ArrayList<>();
            for (int row = 0; row < 7; row++) {
                double turned = number % 2 == 0 ? 101 : 100 / 1.01;
                base.add(Scripted.result("com.acme.Queue.row" + row, 100));
                now.add(Scripted.result("com.acme.Queue.row" + row, row == 0 ? 200 + 0.1 * number : turned));
            }
            all.add(pair(number, base, now));
        }
        return AbAnswer.of(all);
    }

    /** With 8 pairs the smallest p-value is 2/256, and seven times that is 0.055. */
    @Test
    void aChangeThatTheCorrectionHidesDoesNotPass() {
        AbAnswer answer = oneOfSevenIsSlower(8);
        assertThat(answer.rows()).extracting(AbRow::word).containsOnly(AbAnswer.Word.NOT_SEEN);
        AbGate.Answer gated = new AbGate(0.05).of(answer);
        assertThat(gated.exit()).isEqualTo(2);
        assertThat(gated.sentences())
                .singleElement()
                .asString()
                .startsWith("com.acme.Queue.row0 looks worse: +100.4 % ns/op, ")
                .endsWith("p=0.008 by itself and p=0.055 as one of 7 rows; "
                        + "one change alone among them shows from 9 pairs on");
        assertThat(new AbGate(1.5).of(answer).exit()).isZero();
        assertThat(new AbScreen(List.of(), answer, 120).lines())
                .contains("a change in one row alone, of 7, shows from 9 pairs on, and these are 8")
                .noneMatch(line -> line.contains("would have shown"));
    }

    /**
     * Of nine pairs all must be on one side: the difference that they show with 80 % is z(0.8^(1/9)) deviations, by
     * Python's statistics.NormalDist.
     */
    @Test
    void whatShowsIsWhatShowsAfterTheCorrection() {
        AbAnswer answer = oneOfSevenIsSlower(9);
        assertThat(answer.rows().getFirst().word()).isEqualTo(AbAnswer.Word.SIGNIFICANT);
        assertThat(new AbGate(0.05).of(answer).exit()).isEqualTo(1);
        assertThat(Math.log(answer.rows().getLast().smallest())).isCloseTo(0.0206497394752, within(1e-9));
        assertThat(new AbScreen(List.of(), answer, 120).lines())
                .anyMatch(line ->
                        line.matches("with 9 pairs a change of .*, in one row alone, would have shown with 80 %.*"))
                .noneMatch(line -> line.contains("and these are"));
    }

    /** All ways of signs are equally likely: of 2^n, two have all on one side. */
    @Test
    void theFewestPairsForOneChangeAlone() {
        for (int rows = 1; rows <= 300; rows++) {
            int pairs = AbAnswer.pairsForOneAlone(rows);
            assertThat(2 * rows / Math.pow(2, pairs)).isLessThanOrEqualTo(0.05);
            assertThat(2 * rows / Math.pow(2, pairs - 1)).isGreaterThan(0.05);
        }
        assertThat(AbAnswer.pairsForOneAlone(1)).isEqualTo(6);
    }

    private static AbAnswer inUnits(String base, double was, String now, double is) {
        List<Pair> all = new ArrayList<>();
        for (int number = 1; number <= 8; number++) {
            all.add(pair(
                    number,
                    List.of(Scripted.result("com.acme.Queue.poll", was).replace("ns/op", base)),
                    List.of(Scripted.result("com.acme.Queue.poll", is).replace("ns/op", now))));
        }
        return AbAnswer.of(all);
    }

    @Test
    void unitsAreConverted() {
        AbRow row = inUnits("us/op", 1, "ms/op", 0.00103).rows().getFirst();
        assertThat(row.unit()).isEqualTo("us/op");
        assertThat(row.ratio()).isCloseTo(1.03, within(1e-9));
        assertThat(row.now()).isCloseTo(1.03, within(1e-9));
        assertThat(row.isWorseBy(0.02)).isTrue();
    }

    @Test
    void unitsThatCannotBeConvertedHaveNoVerdict() {
        AbAnswer answer = inUnits("us/op", 1, "pages/op", 2);
        assertThat(answer.rows().getFirst().word()).isEqualTo(AbAnswer.Word.NO_VERDICT);
        assertThat(answer.rows().getFirst().why()).isEqualTo("the units differ");
        assertThat(new AbGate(0.05).of(answer))
                .isEqualTo(new AbGate.Answer(2, List.of("no verdict: the units differ")));
    }

    @Test
    void noPairsDoNotPass() {
        AbGate.Answer gated = new AbGate(0.05).of(AbAnswer.of(List.of()));
        assertThat(gated.exit()).isEqualTo(2);
        assertThat(gated.sentences()).singleElement().asString().startsWith("no verdict: too few pairs: with 0 ");
    }
}
