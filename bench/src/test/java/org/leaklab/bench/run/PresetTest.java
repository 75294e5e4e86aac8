package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.bench.RequiredJvm;

/** The presets fit the benchmarks that there are, and keep what they promise. */
@Tag("once")
class PresetTest {

    private static final RowList LIST = RowList.of(25);

    static List<Preset> presets() {
        return Preset.all();
    }

    private static List<Part> parts(Preset preset) {
        return preset.groups().values().stream()
                .flatMap(group -> group.parts().stream())
                .toList();
    }

    private static int seconds(Preset preset) {
        return preset.groups().values().stream().mapToInt(Preset.Group::seconds).sum();
    }

    @Test
    void thereAreFour() {
        assertThat(presets()).extracting(Preset::name).containsExactly("quick", "publish", "core", "full");
        assertThat(presets()).allSatisfy(preset -> assertThat(preset.says()).isNotBlank());
    }

    @Test
    void everyGroupCanBeMeasuredAndPublished() {
        assertThat(Preset.named("quick").groups().keySet()).containsAll(LIST.groups());
        assertThat(Preset.named("full").groups().keySet()).containsAll(LIST.groups());
        Set<String> published = new TreeSet<>(Preset.named("publish").groups().keySet());
        published.addAll(Preset.named("core").groups().keySet());
        assertThat(published).containsExactlyInAnyOrderElementsOf(LIST.groups());
    }

    @Test
    void coreIsEveryCellOfTheCore() {
        assertThat(Plan.of(LIST, Preset.named("core"), "core", Map.of(), null, Shard.WHOLE)
                        .rows())
                .hasSameSizeAs(Plan.of(LIST, Preset.named("full"), "core", Map.of(), null, Shard.WHOLE)
                        .rows());
    }

    /** Groups that a preset names and nobody has written are left out by whoever runs it. */
    @ParameterizedTest
    @MethodSource("presets")
    void namesOnlyWhatThereIs(Preset preset) {
        preset.groups().keySet().stream().filter(LIST.groups()::contains).forEach(group -> {
            Plan plan = Plan.of(LIST, preset, group, Map.of(), null, Shard.WHOLE);
            assertThat(plan.rows()).isNotEmpty();
            assertThat(plan.estimate()).isPositive();
            for (Part part : plan.parts()) {
                assertThat(plan.rows().values())
                        .as(group + " " + part)
                        .anyMatch(used -> used.equals(part.forks() == null ? part.with(Map.of(), used.forks()) : part));
            }
            plan.rows().forEach((row, part) -> {
                var options = JmhMeasurement.options(row, part, Path.of("histograms")); // reads the times too
                assertThat(options.getIncludes()).hasSize(1);
                assertThat(options.getJvmArgsPrepend().get())
                        .containsAll(RequiredJvm.of(row.benchmark()).options(row.params()));
            });
        });
    }

    @Test
    void fullIsEveryRowAsAnnotated() {
        Part all = new Part(null, null, null, null, null, List.of(), Map.of());
        for (String group : LIST.groups()) {
            assertThat(Plan.of(LIST, Preset.named("full"), group, Map.of(), null, Shard.WHOLE)
                            .rows())
                    .isEqualTo(LIST.rows(group, List.of(all)));
        }
    }

    @Test
    void publishHasTenForksARowAndAtMostNinetyMinutes() {
        Preset publish = Preset.named("publish");
        assertThat(parts(publish)).allSatisfy(part -> assertThat(part.forks()).isGreaterThanOrEqualTo(10));
        assertThat(seconds(publish)).isLessThanOrEqualTo(90 * 60);
    }

    /** Both forms of a scenario stand beside each other in each pass. */
    @Test
    void fixedAndLeakyAreMeasuredInTheSamePass() {
        List<Row> rows =
                Plan.of(LIST, Preset.named("publish"), "scenario", Map.of(), null, Shard.WHOLE).rows().keySet().stream()
                        .filter(row -> row.benchmark().contains("ScenarioThroughput"))
                        .toList();
        assertThat(rows).isNotEmpty();
        for (int i = 0; i < rows.size(); i += 2) {
            Map<String, String> fixed = new TreeMap<>(rows.get(i).params());
            assertThat(fixed.put("variant", "leaky")).isEqualTo("fixed");
            assertThat(rows.get(i + 1).params()).isEqualTo(fixed);
        }
    }

    /** With a warm-up of 300 ms the first iteration of a look was much slower than the second. */
    @Test
    void publishWarmsLooksUpAndHasThoseBesideNobody() {
        Map<Row, Part> looks = Plan.of(LIST, Preset.named("publish"), "detection", Map.of(), null, Shard.WHOLE)
                .rows();
        assertThat(looks.values()).allSatisfy(part -> {
            assertThat(part.warmupIterations()).isGreaterThanOrEqualTo(3);
            assertThat(part.measurementIterations()).isGreaterThanOrEqualTo(3);
        });
        assertThat(looks.keySet().stream()
                        .filter(row -> row.params().getOrDefault("stuck", "").equals("0")))
                .extracting(row -> Row.withoutRoot(row.benchmark()))
                .containsExactly("detection.DetectionPass.look", "detection.ReachabilityProbe.probe");
    }

    /** What the lab itself does in a life. */
    @Test
    void publishHasTheEmptyLifeBesideThoseOfScenarios() {
        Plan plan = Plan.of(LIST, Preset.named("publish"), "scenario", Map.of(), null, Shard.WHOLE);
        assertThat(plan.rows().keySet())
                .extracting(Row::label)
                .containsOnlyOnce("scenario.EmptyLife.life scenario=empty-life threads=virtual variant=fixed");
    }

    @Test
    void quickHasOneForkAndAFewMinutes() {
        Preset quick = Preset.named("quick");
        assertThat(parts(quick)).allSatisfy(part -> assertThat(part.forks()).isEqualTo(1));
        assertThat(seconds(quick)).isLessThanOrEqualTo(5 * 60);
    }

    @Test
    void aShardTakesItsShareOfTheTime() {
        Preset quick = Preset.named("quick");
        Plan whole = Plan.of(LIST, quick, "scenario", Map.of(), null, Shard.WHOLE);
        Plan half = Plan.of(LIST, quick, "scenario", Map.of(), null, new Shard(1, 2));
        assertThat(half.estimate()).isPositive().isLessThan(whole.estimate());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preset.named("fast"))
                .withMessage("there is no preset \"fast\": it is one of quick, publish, core, full");
        Preset empty = new Preset("empty", "nothing", Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(LIST, empty, "core", Map.of(), null, Shard.WHOLE))
                .withMessage("the preset empty does not say how the group \"core\" is measured: quick, core, full do");
        Part wrong = new Part(1, null, null, null, null, List.of(), Map.of("threads", List.of("green")));
        Preset broken = new Preset("broken", "wrong", Map.of("core", new Preset.Group(1, List.of(wrong))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(LIST, broken, "core", Map.of(), null, Shard.WHOLE))
                .withMessageContaining("\"green\" is no value");
    }
}
