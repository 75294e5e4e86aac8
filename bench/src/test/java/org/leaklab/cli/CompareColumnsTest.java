package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a row and a column of {@code compare} stand for: methods, parameters, and measures that a file declares. */
@Tag("once")
class CompareColumnsTest extends CompareTest {

    /** Most projects have a method for each implementation, and no parameter. */
    @Test
    void aColumnMayBeAMethod() throws IOException {
        String one = file(
                "one.json",
                result("Write.mine", "", "avgt", "ns/op", BASE),
                result("Write.theirs", "", "avgt", "ns/op", SLOWER),
                result("Read.mine", "", "avgt", "ns/op", BASE),
                result("Read.theirs", "", "avgt", "ns/op", SAME));
        assertThat(execute("compare", one, "--col", "method")).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^base  mine    JDK 25.0.3$")
                .containsPattern("(?m)^ +mine +theirs +speed")
                .containsPattern("(?m)^Write +100 ns +120.0 ns +0.83x .* worse")
                .containsPattern("(?m)^Read +100 ns +100.2 ns .* not seen");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", one, "--col", "benchmark")).isZero();
        assertThat(out.toString())
                .contains("base  Write.mine ", "Read.theirs: 1 measure")
                .doesNotContain("a.b.");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", one, "--col", "class")).isZero();
        assertThat(out.toString()).containsPattern("theirs +120 ns +100.2 ns");
    }

    /** 29 columns are 29 questions: of a p-value of 0.008, one false answer in four would be by chance. */
    @Test
    void manyColumnsHaveALineEach() throws IOException {
        String[] all = new String[30];
        for (int i = 0; i < all.length; i++) {
            all[i] = result("Bench.go", "\"kind\": \"k" + i + "\"", "avgt", "ns/op", i == 7 ? SLOWER : BASE);
        }
        assertThat(execute("compare", file("one.json", all), "--col", "kind")).isZero();
        assertThat(out.toString().lines().toList()).hasSizeLessThanOrEqualTo(60);
        assertThat(out.toString())
                .contains("base  k0  JDK 25.0.3", "and 29 other columns: k1, k2, ", "… and 9 columns more")
                .containsPattern("against k0 +measures +better +worse +hints better")
                .containsPattern("(?m)^k7 +1 +0 +0 +0 +1 +0 +0 +0.83x$")
                .contains(
                        "a change alone among 29 measures is significant from 7 forks on, and these are 5: measure 7");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", file("one.json", all), "--col", "kind", "--uncorrected"))
                .isZero();
        assertThat(out.toString()).containsPattern("(?m)^k7 +1 +0 +1 +0 +0 +0 +0 +0.83x$");
    }

    /** Of p-values 2/252 and 1 the first is 4/252 after the correction, in whichever column it is. */
    @Test
    void columnsAreCorrectedTogether() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "", "avgt", "ns/op", SLOWER));
        String same = file("same.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        for (List<String> files : List.of(List.of(base, next, same), List.of(base, same, next))) {
            out.getBuffer().setLength(0);
            assertThat(execute("compare", "--format", "json", files.get(0), files.get(1), files.get(2)))
                    .isZero();
            int at = files.indexOf(next);
            assertThat(JsonMapper.shared()
                            .readTree(out.toString())
                            .at("/rows/0/columns/" + at + "/corrected")
                            .asDouble())
                    .isEqualTo(4 / 252.0, org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void whatHasNotTheParameterIsLeftOut() throws IOException {
        String one = file(
                "one.json",
                result("Bench.other", "", "avgt", "ns/op", BASE),
                result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE),
                result("Bench.go", "\"n\": \"2\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", one, "--col", "n")).isZero();
        assertThat(out.toString())
                .containsPattern("Bench.go +100 ns +120 ns +0.83x")
                .contains("base  1 ", "left out: 1 row without n");
        out.getBuffer().setLength(0);
        String alone = file("alone.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE));
        assertThat(execute("compare", alone, "--col", "n")).isZero();
        assertThat(out.toString()).contains("there is one column, 1, and nothing to compare it with");
    }

    @Test
    void aPackageThatGotAnotherNameIsSeen() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String next = file("next.json", result("renamed.Bench.go", "", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString())
                .contains("no measure is in two columns", "in two columns stand 1 method of the same name");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", base, next, "--row", "method,mode")).isZero();
        assertThat(out.toString()).containsPattern("go +100 ns +120 ns +0.83x .* worse");
    }

    @Test
    void rowsAndColumnsCanStandForSomethingElse() throws IOException {
        String both = file(
                "both.json",
                result("Bench.go", "\"n\": \"1\", \"kind\": \"a\"", "avgt", "ns/op", BASE),
                result("Bench.go", "\"n\": \"1\", \"kind\": \"b\"", "avgt", "ns/op", SLOWER));
        String other = file("other.json", result("Bench.go", "\"n\": \"2\", \"kind\": \"a\"", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--col", "kind", "--filter", "primary", both, other))
                .isZero();
        assertThat(out.toString())
                .containsPattern("Bench.go n=1 +100 ns +120 ns +0.83x .* p=0.008 n=5")
                .contains("not in b: 1 measure");
    }

    @Test
    void headlinesCanBeDeclared() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        Path declared = Files.writeString(
                folder.resolve("headlines.json"),
                "[{\"group\": \"memory\", \"measure\": \"allocated\", \"benchmark\": \"Bench\", \"metric\": \"bytes\"}]");
        assertThat(execute("compare", "--headlines", declared.toString(), base, base))
                .isZero();
        assertThat(out.toString())
                .containsPattern("allocated benchmark=Bench.go +8 B +8 B +\\+0.0 %")
                .containsPattern("Bench.go +100 ns +100 ns");
        for (String wrong : List.of("{}", "[{}]", "[{\"group\": 1}]", "[{\"grup\": \"a\"}]", "[")) {
            err.getBuffer().setLength(0);
            Files.writeString(declared, wrong);
            assertThat(execute("compare", "--headlines", declared.toString(), base, base))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("headlines.json\"").hasLineCount(1);
        }
    }

    /** The mean of a declared measure is that of the one fork that is far out; the test and its interval are not. */
    @Test
    void oneForkDoesNotTurnTheDirection() throws IOException {
        String base = file("base.json", ofAll("100,101,102,103,104,105,5000", 802.1428571428571));
        String next = file("next.json", ofAll("130,131,132,133,134,135,136", 133));
        Path declared = Files.writeString(
                folder.resolve("headlines.json"),
                "[{\"group\": \"time\", \"measure\": \"time\", \"benchmark\": \"Bench\", \"metric\": \"primary\"}]");
        assertThat(execute("compare", "--fail-above", "5%", "--headlines", declared.toString(), base, next))
                .isEqualTo(1);
        assertThat(out.toString().lines().filter(line -> line.contains("Bench.go ")))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).containsPattern("103 ns +133 ns +0.77x +0.76 to 0.80x +worse +p=0.0\\d+ n=7"));
        assertThat(err.toString()).contains("time benchmark=Bench.go is worse in next.json: 103 ns to 133 ns, 0.77x");
    }

    private static String ofAll(String forks, double mean) {
        return """
                {"benchmark": "a.b.Bench.go", "mode": "avgt", "jdkVersion": "25.0.3",
                 "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [[%s]]}}""".formatted(mean, forks.replace(",", "],["));
    }

    @Test
    void headlinesAndRowsContradict() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--headlines", "any.json", "--row", "method", base, base))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("compare: --headlines and --row both say what a row stands for: leave out one of them\n");
        assertThat(out.toString()).isEmpty();
    }
}
