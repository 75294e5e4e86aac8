package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.compare.Gate;
import org.leaklab.compare.PullRequest;

/** {@code compare --fail-above}, and what it writes for a pull request. */
@Tag("once")
class CompareGateTest extends CompareTest {

    @ParameterizedTest
    @CsvSource({"avgt, ns/op, 1", "thrpt, ops/s, 0"})
    void aRegressionFailsWhereLessIsBetter(String mode, String unit, int expected) throws IOException {
        String base = file("base.json", result("Bench.go", "", mode, unit, BASE));
        String next = file("next.json", result("Bench.go", "", mode, unit, SLOWER));
        assertThat(execute("compare", "--filter", "primary", "--fail-above", "5%", base, next))
                .isEqualTo(expected);
        assertThat(execute("compare", "--filter", "primary", "--fail-above", "5%", next, base))
                .isEqualTo(1 - expected);
        assertThat(execute("compare", "--filter", "primary", "--fail-above", "25%", base, next))
                .isZero();
        assertThat(err.toString()).contains("Bench.go is worse in ");
    }

    /** A hint of something worse is no pass: the gate says that it cannot tell. */
    @Test
    void theGateLooksAtHeadlinesOnBothSides() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String more = file(
                "more.json",
                result("Bench.go", "", "avgt", "ns/op", BASE),
                result("Bench.added", "", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--fail-above", "5%", base, base)).isZero();
        assertThat(execute("compare", "--fail-above", "5%", base, more)).isEqualTo(2);
        assertThat(err.toString()).contains("Bench.added is on one side only");
        assertThat(execute("compare", "--fail-above", "5%", "--filter", "go", base, more))
                .isZero();
        assertThat(execute("compare", "--fail-above", "5%", "--allow-untested", base, more))
                .isEqualTo(2);
    }

    /** Nothing is left of it: that has no ratio, and is worse than any fraction. */
    @Test
    void aThroughputOfZeroDoesNotPass() throws IOException {
        String base = file("base.json", result("Bench.go", "", "thrpt", "ops/s", BASE));
        String next = file("next.json", result("Bench.go", "", "thrpt", "ops/s", 0, 0, 0, 0, 0));
        assertThat(execute("compare", "--fail-above", "5%", base, next)).isEqualTo(1);
        assertThat(err.toString()).contains("Bench.go is worse in next.json: 100 ops/s to 0 ops/s, to 0, p=0.008 n=5");
        assertThat(execute("compare", "--fail-above", "5%", next, base)).isZero();
    }

    /** 20 % slower, but with forks so far apart that it may be 2 % as well. */
    @Test
    void theGateTakesTheEndOfTheInterval() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", 100, 104, 96, 102, 98));
        String next = file("next.json", result("Bench.go", "", "avgt", "ns/op", 106, 120, 121, 135, 107));
        assertThat(execute("compare", "--fail-above", "1%", base, next)).isEqualTo(1);
        assertThat(execute("compare", "--fail-above", "15%", base, next)).isZero();
    }

    @Test
    void aPageForAPullRequestHasAVerdictAndAMarker() throws IOException {
        String[] rows = new String[2000];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = result("Bench.with_a_long_name_" + row, "\"n\": \"1\"", "avgt", "ns/op", BASE);
        }
        String base = file("base.json", rows);
        rows[0] = result("Bench.with_a_long_name_0", "\"n\": \"1\"", "avgt", "ns/op", SLOWER);
        String next = file("next.json", rows);
        assertThat(execute("compare", "--uncorrected", "--format", "markdown", base, next))
                .isZero();
        assertThat(out.toString())
                .startsWith(
                        "<!-- leaklab compare -->\n**1 worse, 0 better** of 2000 measures; no difference seen in 1999.\n")
                .contains(
                        "| Bench.with_a_long_name_0 n=1 | next.json | 100 ns | 120 ns | 0.83x | 0.81 to 0.86x | **worse** |")
                .contains("<details><summary>1999 measures without a difference that was seen</summary>");
        assertThat(out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThan(60_001);
    }

    @Test
    void annotationsAreCommandsOfGithub() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1,2:3\"", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "\"n\": \"1,2:3\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", "--format", "github", "--fail-above", "5%", base, next))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "::error title=Bench.go n=1%2C2%3A3::Bench.go n=1,2:3 is worse in next.json: 100 ns to 120 ns");
    }

    /** A hint is no warning, and does not say that something is worse. */
    @Test
    void anAnnotationOfAHintIsANotice() throws IOException {
        String base = file(
                "base.json",
                result("Bench.go", "", "avgt", "ns/op", BASE),
                result("Bench.few", "", "avgt", "ns/op", 1, 2, 3));
        String next = file(
                "next.json",
                result("Bench.go", "", "avgt", "ns/op", SLOWER),
                result("Bench.few", "", "avgt", "ns/op", 4, 5, 6));
        assertThat(execute("compare", "--format", "github", base, next)).isZero();
        assertThat(out.toString())
                .contains(
                        "::warning title=Bench.go::Bench.go is worse in next.json: 100 ns to 120 ns",
                        "::notice title=Bench.few::Bench.few looks worse in next.json: 2 ns to 5 ns, 0.40x, n=3 (separated, a hint)");
    }

    @Test
    void aSummaryThatCannotBeWrittenIsNamed() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        Comparison comparison = Compare.usual(List.of()).files(List.of(Path.of(base), Path.of(base)));
        PullRequest page = new PullRequest(comparison, new Gate.Answer(0, List.of(), List.of()));
        String summary = folder.resolve("missing").resolve("summary.md").toString();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompareCommand.github(new PrintWriter(out), page, summary))
                .withMessage("the step summary \"" + summary + "\" cannot be written");
    }
}
