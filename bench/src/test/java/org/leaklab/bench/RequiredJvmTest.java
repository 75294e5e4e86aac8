package org.leaklab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Param;

/** Values that need a JVM of their own are measured in such a JVM only, and other values never. */
class RequiredJvmTest {

    private static final String ONE = "-Dcarriers=1";
    private static final String NO_MORE = "-Dmost=1";

    /** What a benchmark might have. */
    public static class Planted {
        @Param({"platform", "virtual"})
        public String threads = "virtual";

        @Param("default")
        @Further(
                value = "1",
                with = "threads=virtual",
                jvmOptions = {ONE, NO_MORE})
        public String carriers = "default";

        @Param("ours")
        @Further(value = "scope", jvmOptions = "--enable-preview")
        @Further(value = "old", jvmOptions = "--enable-preview", release = 25)
        public String implementation = "ours";

        @Param("0")
        public int capacity = 0;
    }

    private static final RequiredJvm REQUIRED = RequiredJvm.of(Planted.class);

    private static Map<String, String> params(String threads, String carriers, String implementation) {
        return Map.of("threads", threads, "carriers", carriers, "implementation", implementation, "capacity", "0");
    }

    @Test
    void knowsTheFurtherValues() {
        assertThat(REQUIRED.furtherValues())
                .containsExactly(
                        Map.entry("carriers", List.of("1")), Map.entry("implementation", List.of("scope", "old")));
    }

    @Test
    void givesTheOptionsOfAllValues() {
        assertThat(REQUIRED.options(params("virtual", "default", "ours"))).isEmpty();
        assertThat(REQUIRED.options(params("virtual", "1", "ours"))).containsExactly(ONE, NO_MORE);
        assertThat(REQUIRED.options(params("virtual", "1", "old"))).containsExactly(ONE, NO_MORE, "--enable-preview");
    }

    @Test
    void saysWhatCannotBeMeasured() {
        assertThat(REQUIRED.obstacle(25, params("platform", "default", "old"))).isEmpty();
        assertThat(REQUIRED.obstacle(21, params("virtual", "1", "scope"))).isEmpty();
        assertThat(REQUIRED.obstacle(25, params("platform", "1", "ours")))
                .hasValue("carriers=1 goes with threads=virtual only, not with threads=platform");
        assertThat(REQUIRED.obstacle(26, params("virtual", "default", "old")))
                .hasValue("implementation=old runs on JDK 25 only, and this is JDK 26");
    }

    /** What every release has, but one only when it is told to. */
    public static class OnOneReleaseWithAnOption {
        @Param("generational")
        @Further(
                value = "generational",
                jvmOptions = {})
        @Further(value = "generational", release = 21, jvmOptions = "-XX:+ZGenerational")
        @Further(
                value = "single",
                release = 21,
                jvmOptions = {})
        public String mode = "generational";
    }

    @Test
    void aValueMayNeedAnOptionOnOneReleaseOnly() {
        RequiredJvm required = RequiredJvm.of(OnOneReleaseWithAnOption.class);
        Map<String, String> generational = Map.of("mode", "generational");
        assertThat(required.options(21, generational)).containsExactly("-XX:+ZGenerational");
        assertThat(required.options(25, generational)).isEmpty();
        assertThat(required.obstacle(21, generational)).isEmpty();
        assertThat(required.obstacle(25, generational)).isEmpty();
        assertThat(required.options(21, Map.of("mode", "single"))).isEmpty();
        assertThat(required.obstacle(21, Map.of("mode", "single"))).isEmpty();
        assertThat(required.obstacle(25, Map.of("mode", "single")))
                .hasValue("mode=single runs on JDK 21 only, and this is JDK 25");
    }

    @ParameterizedTest
    @CsvSource({
        "default, ours, -Xmx1g",
        "default, ours, -Dcarriersandmore=1",
        "1, ours, -Dcarriers=1 -Dmost=1",
        "1, ours, -Dcarriers=4 -Dmost=4 -Dcarriers=1 -Dmost=1",
        "default, scope, --enable-preview",
        "1, scope, -Dcarriers=1 --enable-preview -Dmost=1",
    })
    void aJvmThatFitsIsFine(String carriers, String implementation, String arguments) {
        assertThat(REQUIRED.mismatch(params("virtual", carriers, implementation), List.of(arguments.split(" "))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, ours, -Xmx1g, -Dcarriers=1 -Dmost=1, -Dcarriers=1 -Dmost=1",
        "1, ours, -Dmost=1, -Dcarriers=1 -Dmost=1, -Dcarriers=1",
        "1, ours, -Dcarriers=1 -Dmost=1 -Dmost=4, -Dcarriers=1 -Dmost=1, -Dmost=1",
        "default, scope, -Xmx1g, --enable-preview, --enable-preview",
        "1, scope, -Dcarriers=1 -Dmost=1, -Dcarriers=1 -Dmost=1 --enable-preview, --enable-preview",
    })
    void aJvmThatLacksAnOptionIsNot(
            String carriers, String implementation, String arguments, String wanted, String lacking) {
        assertThat(REQUIRED.mismatch(params("virtual", carriers, implementation), List.of(arguments.split(" "))))
                .hasValue("carriers=" + carriers + " implementation=" + implementation + " needs a JVM with " + lacking
                        + ": give JMH -jvmArgsPrepend \"" + wanted
                        + "\", or let the command bench start the JVM");
    }

    @ParameterizedTest
    @CsvSource({
        "default, ours, -Dcarriers=1 -Dmost=1, -Dcarriers=1 -Dmost=1",
        "default, ours, -Dmost=4, -Dmost=4",
        "default, ours, --enable-preview, --enable-preview",
        "1, ours, -Dcarriers=1 -Dmost=1 --enable-preview, --enable-preview",
        "default, scope, --enable-preview -Dcarriers=1, -Dcarriers=1",
    })
    void aJvmWithAnOptionOfAnotherValueIsNot(
            String carriers, String implementation, String arguments, String unwanted) {
        assertThat(REQUIRED.mismatch(params("virtual", carriers, implementation), List.of(arguments.split(" "))))
                .hasValue("carriers=" + carriers + " implementation=" + implementation + " needs a JVM without "
                        + unwanted + ": leave that out");
    }

    /** This JVM has none of the options. */
    @Test
    void aBenchmarkChecksItsOwnValues() {
        Planted planted = new Planted();
        RequiredJvm.check(planted);
        planted.carriers = "1";
        assertThatIllegalStateException()
                .isThrownBy(() -> RequiredJvm.check(planted))
                .withMessageStartingWith("carriers=1 implementation=ours needs a JVM with " + ONE);
        planted.threads = "platform";
        assertThatIllegalStateException()
                .isThrownBy(() -> RequiredJvm.check(planted))
                .withMessage("carriers=1 goes with threads=virtual only, not with threads=platform");
    }

    @Test
    void findsABenchmarkByItsName() {
        assertThat(RequiredJvm.of("org.leaklab.bench.core.PingPong.roundTrip").furtherValues())
                .containsOnlyKeys("carriers");
        assertThat(RequiredJvm.of("org.leaklab.bench.memory.RetainedMemory.Warm.stuck")
                        .furtherValues())
                .containsEntry("holder", List.of("array-untracked", "nobody"));
        assertThat(RequiredJvm.of("org.leaklab.bench.detection.DetectionPass.look")
                        .furtherValues())
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequiredJvm.of("org.leaklab.bench.core.Nowhere.value"))
                .withMessage("there is no benchmark org.leaklab.bench.core.Nowhere.value");
    }
}
