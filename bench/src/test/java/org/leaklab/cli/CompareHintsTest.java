package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What {@code compare} says where the values are no proof: copies, iterations of one fork, chance, and another machine.
 */
@Tag("once")
class CompareHintsTest extends CompareTest {

    /** Some keep a file, and parts of it beside it: their forks are not more forks. */
    @Test
    void aCopyOfARowCountsOnce() throws IOException {
        for (String side : List.of("before", "after")) {
            Files.createDirectories(folder.resolve(side));
            double[] forks = side.equals("before") ? new double[] {100, 101} : new double[] {120, 121};
            for (String name : List.of("all.json", "part.json")) {
                file(side + "/" + name, result("Bench.go", "", "avgt", "ns/op", forks));
            }
        }
        String before = folder.resolve("before").toString();
        String after = folder.resolve("after").toString();
        assertThat(execute("compare", before, after)).isZero();
        assertThat(out.toString())
                .containsPattern("Bench.go +100.5 ns +120.5 ns +0.83x +separated +n=2")
                .contains("2 rows stand twice in a column with the very same values: a copy, which counts once")
                .doesNotContain("pooled");
    }

    /** Of one repeat of the same code on the same JDK, with 15 iterations of a fork, half of the rows were apart. */
    @Test
    void iterationsOfOneForkAreNoTest() throws IOException {
        String base = file("base.json", withBytes("[[10, 11, 12, 10, 11, 12, 10, 11]]", 376));
        String next = file("next.json", withBytes("[[13, 14, 15, 13, 14, 15, 13, 14]]", 256));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "separated is a hint: iterations of one fork are alike, so two forks of the same code are often apart")
                .contains(
                        "1 row of secondary metrics (bytes), 0 with a significant change and 1 separated; --secondary")
                .doesNotContain("chance alone");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", base, base)).isZero();
        assertThat(out.toString()).contains("not seen").doesNotContain("is a hint");
        String[] two = new String[3];
        for (int i = 0; i < two.length; i++) {
            two[i] = withBytes("[[10, 11]]", 376).replace("Bench.go", "Bench.go" + i);
        }
        out.getBuffer().setLength(0);
        assertThat(execute("compare", file("two.json", two), file("again.json", two)))
                .isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "about 1 of 3, with 2 values a side or more; iterations of one fork are alike, so it is more");
    }

    private static String withBytes(String raw, int bytes) {
        return """
                {"benchmark": "a.b.Bench.go", "mode": "avgt", "jdkVersion": "25.0.3",
                 "primaryMetric": {"score": 11, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": %1$s},
                 "secondaryMetrics": {"bytes": {"score": %2$d, "scoreError": 0, "scoreUnit": "B/op", "rawData": [[%2$d, %2$d]]}}}""".formatted(raw, bytes);
    }

    @Test
    void howManyAreSeparatedByChanceIsSaid() throws IOException {
        assertThat(execute("compare", rows("base.json", 12, 1), rows("next.json", 12, 1.2)))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "where nothing changed, chance alone would separate about 4 of 12, with 2 values a side or more\n")
                .doesNotContain("another machine");
        String four = file("four.json", result("Bench.go", "", "avgt", "ns/op", 1, 2, 3, 4));
        out.getBuffer().setLength(0);
        assertThat(execute("compare", four, four)).isZero();
        assertThat(out.toString()).contains("1 measure").doesNotContain("chance alone");
    }

    @Test
    void whatChangesEverythingMayBeTheMachine() throws IOException {
        String base = rows("base.json", 25, 1);
        assertThat(execute("compare", base, rows("next.json", 25, 1.2))).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("25 of 25 measures in next.json are worse: another machine, load or clock does that too");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", base, rows("same.json", 25, 1.001))).isZero();
        assertThat(out.toString()).contains("25 measures").doesNotContain("another machine");
    }

    private String rows(String name, int rows, double factor) throws IOException {
        String[] all = new String[rows];
        for (int i = 0; i < rows; i++) {
            all[i] = result("Bench.go" + i, "", "avgt", "ns/op", factor * (100 + i), factor * (101 + i));
        }
        return file(name, all);
    }

    /** Eight rows, of which one differs: five forks give p = 0.008, and one of eight answers 0.063. */
    @Test
    void manyRowsAskForMore() throws IOException {
        String[] base = new String[8];
        String[] next = new String[8];
        for (int row = 0; row < base.length; row++) {
            base[row] = result("Bench.row" + row, "", "avgt", "ns/op", BASE);
            next[row] = result("Bench.row" + row, "", "avgt", "ns/op", row == 3 ? SLOWER : BASE);
        }
        String[] files = {file("base.json", base), file("next.json", next)};
        assertThat(execute("compare", files[0], files[1])).isZero();
        assertThat(out.toString())
                .containsPattern("Bench.row3 .* separated +p=0.063 n=5")
                .contains(
                        "a change alone among 8 measures is significant from 6 forks on, and these are 5: measure 6, or "
                                + "choose with");
        for (String option : List.of("--uncorrected", "--filter=row[1-4].* primary")) {
            out.getBuffer().setLength(0);
            assertThat(execute("compare", option, files[0], files[1])).isZero();
            assertThat(out.toString()).containsPattern("Bench.row3 +100 ns +120 ns +0.83x .* worse +p=0.0(08|32) n=5");
        }
    }
}
