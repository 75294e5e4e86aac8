package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rows of the benchmarks that there really are. */
@Tag("once")
class RowListTest {

    private static final RowList LIST = RowList.of(25);

    private static Part with(Map<String, List<String>> params) {
        return new Part(null, null, null, null, null, List.of(), params);
    }

    private static Set<String> keys(Iterable<Row> rows) {
        Set<String> keys = new HashSet<>();
        rows.forEach(row -> assertThat(keys.add(row.key())).as(row.key()).isTrue());
        return keys;
    }

    /** Before JDK 24 a virtual thread that waits for a monitor keeps its carrier: there cannot be many. */
    @Test
    void whatCannotRunOnAReleaseHasNoRowThere() {
        Part monitors = new Part(null, null, null, null, null, null, Map.of("on", List.of("synchronized", "channel")));
        assertThat(kinds(RowList.of(21), monitors))
                .containsExactlyInAnyOrder("synchronized platform", "channel platform", "channel virtual");
        assertThat(kinds(RowList.of(25), monitors))
                .containsExactlyInAnyOrder(
                        "synchronized platform", "synchronized virtual", "channel platform", "channel virtual");
    }

    private static Set<String> kinds(RowList list, Part part) {
        return list.rows("memory", List.of(part)).keySet().stream()
                .map(row -> row.params().get("on") + " " + row.params().get("threads"))
                .collect(Collectors.toSet());
    }

    @Test
    void everyBenchmarkIsInAGroup() {
        assertThat(LIST.withoutGroup()).isEmpty();
        assertThat(LIST.groups()).contains("core", "memory", "overhead", "scenario");
    }

    @Test
    void everyRowHasAKeyOfItsOwnAndTheSameInEveryList() {
        RowList again = RowList.of(25);
        for (String group : LIST.groups()) {
            List<Part> all = List.of(with(Map.of()));
            assertThat(again.rows(group, all)).isEqualTo(LIST.rows(group, all));
            assertThat(List.copyOf(LIST.rows(group, all).keySet())).isNotEmpty().isSorted();
            assertThat(keys(LIST.rows(group, all).keySet()))
                    .allSatisfy(key -> assertThat(key).startsWith("org.leaklab.bench." + group + "."));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16})
    void shardsTogetherAreTheWholeAndHaveNothingInCommon(int count) {
        for (Preset preset : Preset.all()) {
            for (String group : preset.groups().keySet()) {
                Plan whole = Plan.of(LIST, preset, group, Map.of(), null, Shard.WHOLE);
                List<Row> merged = new ArrayList<>();
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> Plan.of(LIST, preset, group, Map.of(), null, new Shard(i, count)))
                        .forEach(shard -> {
                            assertThat(whole.rows()).containsAllEntriesOf(shard.rows());
                            assertThat(shard.rows().size())
                                    .isBetween(
                                            whole.rows().size() / count,
                                            whole.rows().size() / count + 1);
                            merged.addAll(shard.rows().keySet());
                        });
                assertThat(merged)
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(whole.rows().keySet());
            }
        }
    }

    @Test
    void aBenchmarkTakesTheValuesThatItKnows() {
        assertThat(LIST.rows("core", List.of(with(Map.of("implementation", List.of("jox-structured", "exchanger")))))
                        .keySet())
                .extracting(Row::label)
                .contains(
                        "core.ForkJoin.task carriers=default implementation=jox-structured threads=virtual",
                        "core.ForkJoin.task carriers=1 implementation=jox-structured threads=virtual",
                        "core.RendezvousOneToOne.value carriers=default implementation=exchanger threads=platform")
                .noneMatch(label -> label.contains("Select"))
                .noneMatch(label -> label.contains("leaklab"));
    }

    @Test
    void aNumberMayBeAny() {
        assertThat(LIST.rows("overhead", List.of(with(Map.of("stuck", List.of("12", "many")))))
                        .keySet())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.params()).containsEntry("stuck", "12"));
    }

    @Test
    void theFirstPartSaysHowARowIsMeasured() {
        Part few = new Part(1, null, null, null, null, List.of("PingPong"), Map.of());
        Part all = with(Map.of());
        assertThat(LIST.rows("core", List.of(few, all)))
                .hasSameSizeAs(LIST.rows("core", List.of(all)))
                .allSatisfy((row, part) ->
                        assertThat(part.forks()).isEqualTo(row.benchmark().contains("PingPong") ? 1 : 2));
    }

    /** JMH by itself has no such rows, and platform threads have no carriers. */
    @Test
    void hasTheFurtherValuesThatGoWithTheOthers() {
        Part pingPong = new Part(
                null, null, null, null, null, List.of("PingPong"), Map.of("implementation", List.of("leaklab")));
        assertThat(LIST.rows("core", List.of(pingPong)).keySet())
                .extracting(Row::label)
                .containsExactly(
                        "core.PingPong.roundTrip carriers=1 implementation=leaklab threads=virtual",
                        "core.PingPong.roundTrip carriers=default implementation=leaklab threads=platform",
                        "core.PingPong.roundTrip carriers=default implementation=leaklab threads=virtual");
    }

    @Test
    void refusesAnotherNumberOfCarriers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIST.check(List.of("core"), Map.of("carriers", List.of("2"))))
                .withMessage("\"2\" is no value of the parameter \"carriers\": it is one of default, 1");
    }

    @ParameterizedTest
    @CsvSource({"21, 243", "25, 245", "26, 243", "27, 243"})
    void theCoreHasItsRowsOnEachRelease(int release, int rows) {
        RowList list = RowList.of(release);
        for (String preset : List.of("core", "full")) {
            assertThat(Plan.of(list, Preset.named(preset), "core", Map.of(), null, Shard.WHOLE)
                            .rows())
                    .as(preset)
                    .hasSize(rows);
        }
    }

    /** Rows that came after the committed results; they are in the next ones. */
    private static final Set<String> NOT_COMMITTED_YET =
            Set.of("EmptyGroup", "TimeoutTakenBack", "WaitGroupHandOff.turn", "yield-only");

    /** What the committed results measured otherwise; it is not in the next ones. */
    private static final String NO_MORE = "WaitGroupHandOff.handOff";

    /** Results that are committed are of benchmarks and values that there are. */
    @ParameterizedTest
    @ValueSource(ints = {21, 25, 26, 27})
    void committedResultsOfTheCoreAreTheseRows(int release) {
        SortedSet<Row> committed = new TreeSet<>();
        JsonNode results = ResultFiles.MAPPER.readTree(
                Path.of("..", "results", String.valueOf(release), "core.json").toFile());
        results.forEach(result -> committed.add(Row.of(result)));
        assertThat(committed).hasSameSizeAs(results);
        assertThat(committed.removeIf(row -> row.benchmark().endsWith(NO_MORE))).isTrue();
        assertThat(committed)
                .containsExactlyElementsOf(RowList.of(release).rows("core", List.of(with(Map.of()))).keySet().stream()
                        .filter(row -> NOT_COMMITTED_YET.stream().noneMatch(row.key()::contains))
                        .toList());
    }

    @Test
    void leavesOutWhatCannotRunOnARelease() {
        List<Part> jox = List.of(with(Map.of("implementation", List.of("jox-structured"))));
        assertThat(LIST.rows("core", jox)).hasSize(2);
        assertThat(RowList.of(26).rows("core", jox)).isEmpty();
        RowList.of(26).check(Set.of("core"), jox.getFirst().params()); // known all the same
    }

    @Test
    void refusesParametersAndValuesThatThereAreNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIST.check(List.of("core", "scenario"), Map.of("color", List.of("red"))))
                .withMessageStartingWith("no benchmark of core, scenario has a parameter \"color\": they have ")
                .withMessageContaining("capacity, carriers, depth, implementation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIST.check(List.of("core"), Map.of("threads", List.of("virtual", "green"))))
                .withMessage("\"green\" is no value of the parameter \"threads\": it is one of platform, virtual");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIST.check(List.of("overhead"), Map.of("stuck", List.of("many"))))
                .withMessage("\"many\" is no value of the parameter \"stuck\": it is a number");
        Part nowhere = new Part(null, null, null, null, null, List.of("Nowhere"), Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIST.check("core", nowhere))
                .withMessage("no benchmark of core has \"Nowhere\" in its name");
    }
}
