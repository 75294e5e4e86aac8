package org.leaklab.ab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rates of runs that are cut from a series, and the short fork, whose work is really more. */
@Tag("once")
class RatesTest {

    @TempDir
    Path folder;

    /** Pairs on a machine that drifts, with a noise of 3 %. */
    private static List<Pair> series(int pairs, double slower, long seed) throws Exception {
        Random random = new Random(seed);
        Scripted machine = new Scripted((side, fork) -> 100
                * (1 + 0.3 * Math.sin(fork / 50.0))
                * (side == Side.NEW ? 1 + slower : 1)
                * Math.exp(0.03 * random.nextGaussian()));
        List<Pair> all = new ArrayList<>();
        Ruler.Reading still = machine.read();
        for (int number = 1; number <= pairs; number++) {
            boolean baseFirst = Pair.isBaseFirst(number);
            var first = machine.run(baseFirst ? Side.BASE : Side.NEW);
            var second = machine.run(baseFirst ? Side.NEW : Side.BASE);
            all.add(new Pair(
                    number,
                    baseFirst,
                    still,
                    still,
                    List.of(),
                    1.5,
                    baseFirst ? first : second,
                    baseFirst ? second : first));
        }
        return all;
    }

    @Test
    void falseAlarmsAreAsManyAsTheTestSays() throws Exception {
        Rates rates = Rates.of(series(3203, 0, 1), 8);
        assertThat(rates.runs()).isEqualTo(400);
        assertThat(rates.verdicts()).isEqualTo(400);
        assertThat(rates.worse() + rates.better()).isBetween(8, 30); // 19 are expected
        assertThat(rates.disturbed()).isZero();
        assertThat(rates.deviation()).isBetween(0.04, 0.046); // 0.03 times the root of two, and a drift
    }

    @Test
    void aSlowDownIsFoundMoreOftenInPairs() throws Exception {
        Rates rates = Rates.of(series(480, 0.05, 2), 8);
        assertThat(rates.worse()).isBetween(38, 58);
        assertThat(rates.better()).isZero();
        assertThat(rates.unpaired()).isLessThan(rates.worse());
    }

    @Test
    void aRunOnAMachineThatMovesHasNoVerdict() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (Pair pair : series(16, 0, 3)) {
            boolean moves = pair.number() <= 3;
            pairs.add(new Pair(
                    pair.number(),
                    pair.baseFirst(),
                    pair.before(),
                    pair.after(),
                    moves ? List.of("clock +9.0 %") : List.of(),
                    1,
                    pair.base(),
                    pair.now()));
        }
        Rates rates = Rates.of(pairs, 8);
        assertThat(rates.runs()).isEqualTo(2);
        assertThat(rates.verdicts()).isEqualTo(1);
    }

    /** SciPy 1.17: scipy.stats.binomtest(9, 200).proportion_ci(), of 0 and of 60 in 60. */
    @Test
    void sharesHaveTheIntervalOfClopperAndPearson() {
        assertThat(Rates.interval(9, 200)).isEqualTo("2.1 to 8.4 %");
        assertThat(Rates.interval(0, 60)).isEqualTo("0.0 to 6.0 %");
        assertThat(Rates.interval(60, 60)).isEqualTo("94.0 to 100.0 %");
        assertThat(Rates.share(9, 200)).isEqualTo("4.5 %");
        assertThat(Rates.share(0, 0)).isEqualTo("-");
    }

    @Test
    void thePageSaysAll() throws Exception {
        Map<Double, List<Pair>> slower = new LinkedHashMap<>();
        slower.put(0.05, series(80, 0.05, 4));
        slower.put(0.1, series(80, 0.1, 5));
        List<String> page = new RatesPage(8, "Measured here.", series(160, 0, 6), slower).lines();
        assertThat(page)
                .contains("| runs | with a verdict | false alarms | 95 % interval | unpaired test |")
                .anyMatch(line -> line.matches("\\| 20 \\| 20 \\(100.0 %\\) \\| \\d \\(.*"))
                .anyMatch(line -> line.matches("\\| 5 % \\| 10 \\| 10 \\| \\d+ \\(.*"))
                .anyMatch(line -> line.matches("\\| 10 % \\| 10 \\| 10 \\| 10 \\(100.0 %\\) .*"));
    }

    /** One run where nothing differs, and one for each slow-down; what was measured is kept. */
    @Test
    void theRatesAreMeasuredAndGoOn() throws Exception {
        Path page = folder.resolve("ab-rates.md");
        Random random = new Random(7);
        Ruler.Reading still = new Ruler.Reading(1, 1, 1);
        RatesMain rates = new RatesMain(
                folder.resolve("pairs"),
                () -> still,
                added -> new Scripted((side, fork) ->
                        (side == Side.NEW ? 100 * (1 + added) : 100) * Math.exp(0.01 * random.nextGaussian())));
        rates.measure(page, 1, 2);
        JsonNode raw =
                JsonMapper.shared().readTree(folder.resolve("ab-rates.json").toFile());
        assertThat(raw.path("same").size()).isEqualTo(8);
        assertThat(raw.path("slower by 0.1").size()).isEqualTo(16);
        assertThat(raw.at("/same/1/0").asBoolean())
                .as("the second pair begins with the new side")
                .isFalse();
        assertThat(page)
                .content()
                .startsWith("# How often `bench ab` is right\n")
                .contains("| 10 % | 2 | 2 | 2 (");
        String before = Files.readString(folder.resolve("ab-rates.json"));
        rates.measure(page, 1, 2);
        assertThat(folder.resolve("ab-rates.json"))
                .as("nothing is measured again")
                .hasContent(before);
    }

    /**
     * What is added is work that is really done: the generator of the fork stands where it stands after so many steps
     * more. How long that takes is no matter of a test.
     */
    @ParameterizedTest
    @CsvSource({"0, 20000000", "0.05, 21000000", "0.1, 22000000", "1, 40000000"})
    void whatIsPlantedIsWork(double added, int steps) throws Exception {
        long state = 88172645463325252L;
        for (int step = 0; step < steps; step++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
        }
        assertThat(FreshJvmRuler.output(ShortFork.class, List.of("-D" + ShortFork.ADDED + "=" + added)))
                .matches("\\d+\\.\\d{3} " + state + "\n");
    }

    @Test
    void aShortForkIsAForkLikeAnyOther() throws Exception {
        JsonNode fork = new ShortForks(1).run(Side.NEW).path(0);
        assertThat(fork.at("/primaryMetric/score").asDouble()).isPositive();
        assertThat(fork.at("/primaryMetric/rawData/0/0").asDouble())
                .isEqualTo(fork.at("/primaryMetric/score").asDouble());
    }
}
