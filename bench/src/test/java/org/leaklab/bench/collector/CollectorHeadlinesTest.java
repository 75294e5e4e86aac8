package org.leaklab.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.bench.MeasuredRow;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/** Milliseconds more for each 100,000 threads, of the largest population, fork by fork. */
class CollectorHeadlinesTest {

    private static final String FULL_MORE = "time that a full collection takes longer for each 100,000 stuck threads";

    private static JmhResult full(String collector, String beside, double... forks) {
        return MeasuredRow.of("collector.CollectorImpact." + collector + ".full", "beside", beside)
                .is("ms/op", forks);
    }

    private static Headline find(List<Headline> headlines, String measure) {
        return headlines.stream()
                .filter(headline -> headline.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theLargestPopulationIsTakenForEach100000() {
        List<Headline> headlines = new CollectorHeadlines()
                .of(List.of(
                        full("G1", "none", 4, 6),
                        full("G1", "1000-virtual", 5, 5),
                        full("G1", "50000-virtual", 100, 112),
                        full("G1", "50000-objects", 24, 16),
                        full("G1", "4000-platform", 50, 50)));
        assertThat(headlines)
                .extracting(Headline::measure)
                .containsExactly(
                        "time of a full collection beside none",
                        FULL_MORE,
                        "time that a full collection takes longer for the bytes of 100,000 stuck threads in plain objects",
                        "time that a full collection takes longer for each 100,000 stuck threads than for the same bytes in "
                                + "plain objects");
        assertThat(headlines).extracting(Headline::value).containsExactly(5.0, 202.0, 30.0, 172.0);
        assertThat(headlines.getLast().forks()).as("fork by fork").containsExactly(152.0, 192.0);
        assertThat(headlines.get(1).forks()).containsExactly(192.0, 212.0);
        assertThat(headlines.get(1).params()).isEqualTo(Map.of("collector", "G1", "beside", "50000-virtual"));
    }

    @Test
    void youngCollectionsAndAllocationsAreOfTheProgramThatAllocates() {
        JmhResult none = MeasuredRow.of("collector.CollectorImpact.G1.allocate", "beside", "none")
                .is("ops/ms", 8000, 8100);
        JmhResult many = MeasuredRow.of("collector.CollectorImpact.G1.allocate", "beside", "100000-virtual")
                .is("ops/ms", 7000, 7200);
        List<Headline> headlines = new CollectorHeadlines()
                .of(List.of(
                        MeasuredRow.with(none, "young", "ms", 8, 9), MeasuredRow.with(many, "young", "ms", 10, 12)));
        assertThat(find(headlines, "time that a young collection takes longer for each 100,000 stuck threads")
                        .value())
                .isEqualTo(2.5);
        assertThat(headlines.stream().filter(headline -> headline.unit().equals("lists/ms")))
                .extracting(Headline::value)
                .containsExactly(8050.0, 7100.0);
    }

    @Test
    void threadsAreHeldAgainstAsManyBytesOnly() {
        assertThat(new CollectorHeadlines()
                        .of(List.of(
                                full("G1", "none", 4, 6),
                                full("G1", "50000-virtual", 100, 112),
                                full("G1", "10000-objects", 24, 16))))
                .extracting(Headline::measure)
                .noneMatch(measure -> measure.contains("than for"));
    }

    @Test
    void withoutTheRowBesideNoneThereIsNoDifference() {
        assertThat(new CollectorHeadlines().of(List.of(full("G1", "100000-virtual", 4, 6))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"21.0.13, single-generation, false", "25.0.3, generational, true", "24-ea, generational, true"})
    void olderResultsOfZgcAreOfTheModeThatTheirJvmHad(String jdk, String mode, boolean young) {
        CollectorRow row = CollectorRow.of(MeasuredRow.of("collector.CollectorImpact.ZGC.full", "beside", "none")
                        .on(jdk)
                        .is("ms/op", 1))
                .orElseThrow();
        assertThat(row.mode()).isEqualTo(mode);
        assertThat(row.hasYoung()).isEqualTo(young);
        assertThat(row.name()).isEqualTo("ZGC, " + mode);
    }

    /** By another program, of the JSON's own raw data: the mean of the five means of forks, less that beside none. */
    @ParameterizedTest
    @CsvSource({"21, G1, 503.21", "25, G1, 273.77", "25, ZGC, 299.07"})
    void olderResultsHaveThemToo(int release, String collector, double longer) {
        List<JmhResult> results = ResultFile.read(Path.of("src/test/resources/older", release + "", "collector.json"));
        assertThat(new CollectorHeadlines()
                        .of(results).stream()
                                .filter(headline -> headline.measure().equals(FULL_MORE))
                                .filter(headline ->
                                        collector.equals(headline.params().get("collector"))))
                .singleElement()
                .satisfies(headline -> assertThat(headline.value()).isCloseTo(longer, within(0.01)));
    }
}
