package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.bench.run.Finished;
import org.leaklab.bench.run.Shard;
import org.leaklab.results.ResultFile;

/** {@code merge} gathers shards of two machines; each keeps its file and the record of its machine. */
@Tag("once")
class MergeCommandTest extends CommandTest {

    private static final String FIRST = "core.shard-1-of-2";
    private static final String SECOND = "core.shard-2-of-2";

    @TempDir
    Path folder;

    private Path one;
    private Path other;
    private Path all;

    @BeforeEach
    void measureOnTwoMachines() throws IOException {
        one = folder.resolve("one");
        other = folder.resolve("other");
        all = folder.resolve("all");
        Finished.write(one, "quick", "core", Shard.parse("1/2"));
        Finished.write(other, "quick", "core", Shard.parse("2/2"));
        change(one.resolve(FIRST + ".environment.json"), "\"cpu\" : \".*\"", "\"cpu\" : \"Machine A\"");
        change(other.resolve(SECOND + ".environment.json"), "\"cpu\" : \".*\"", "\"cpu\" : \"Machine B\"");
    }

    private static void change(Path file, String what, String to) throws IOException {
        String before = Files.readString(file);
        String after = before.replaceFirst(what, to);
        assertThat(after).as("the change").isNotEqualTo(before);
        Files.writeString(file, after);
    }

    private int merge() {
        return execute("merge", one.toString(), other.toString(), "-o", all.toString());
    }

    private void isRefused(String sentence) {
        assertThat(merge()).isEqualTo(2);
        assertThat(err.toString()).startsWith("merge: ").contains(sentence).hasLineCount(1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void eachShardKeepsItsFileAndItsMachine() throws IOException {
        Files.createDirectories(one.resolve(FIRST + ".histograms"));
        Files.writeString(one.resolve(FIRST + ".histograms").resolve("a.hlog"), "kept");
        assertThat(merge()).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("GROUP", "Machine A", "Machine B", "1/2", "2/2")
                .doesNotContain("missing");
        assertThat(names(all))
                .containsExactly(
                        FIRST + ".environment.json",
                        FIRST + ".histograms",
                        FIRST + ".json",
                        SECOND + ".environment.json",
                        SECOND + ".json");
        assertThat(all.resolve(FIRST + ".histograms").resolve("a.hlog")).hasContent("kept");
        assertThat(all.resolve(FIRST + ".environment.json")).content().contains("Machine A");
        assertThat(all.resolve(SECOND + ".environment.json")).content().contains("Machine B");
        assertThat(all.resolve(FIRST + ".json")).hasSameBinaryContentAs(one.resolve(FIRST + ".json"));
    }

    @Test
    void otherCommandsTakeTheFolder() throws IOException {
        assertThat(merge()).as(err.toString()).isZero();
        int rows = ResultFile.read(one.resolve(FIRST + ".json")).size()
                + ResultFile.read(other.resolve(SECOND + ".json")).size();
        Path page = folder.resolve("report.html");
        assertThat(execute("report", all.toString(), "-o", page.toString()))
                .as(err.toString())
                .isZero();
        assertThat(page).content().contains("Machine A", "Machine B", "--shard 1/2", "--shard 2/2");
        assertThat(execute("compare", all.toString(), all.toString(), "--all", "--format", "csv"))
                .as(err.toString())
                .isZero();
        assertThat(rows).isGreaterThan(2);
    }

    @Test
    void twiceIsAsOnce() throws IOException {
        assertThat(merge()).isZero();
        assertThat(merge()).as("the same again").isZero();
        assertThat(execute("merge", one.toString(), other.toString(), all.toString(), "-o", all.toString()))
                .as(err.toString())
                .isZero();
        assertThat(names(all)).hasSize(4);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(execute("merge", other.toString(), "-o", all.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("core: missing 1/2");
        assertThat(all.resolve(SECOND + ".json")).exists();
    }

    @Test
    void refusesOtherRuns() throws IOException {
        change(other.resolve(SECOND + ".environment.json"), "\"jdk\" : \".*\"", "\"jdk\" : \"1.2\"");
        isRefused("are not shards of one run: they differ in version of the JDK");
        assertThat(all).doesNotExist();
    }

    @Test
    void refusesOtherNumbersOfShards() throws IOException {
        Finished.write(folder.resolve("third"), "quick", "core", Shard.parse("2/3"));
        other = folder.resolve("third");
        isRefused("they differ in number of shards");
    }

    /** As when a pod came to another machine and its files were copied by hand. */
    @Test
    void refusesAShardTwice() throws IOException {
        Finished.write(folder.resolve("again"), "quick", "core", Shard.parse("1/2"));
        other = folder.resolve("again");
        isRefused("hold different results of one shard: name one of them");
        assertThat(all).doesNotExist();
    }

    @Test
    void refusesARowTwice() throws IOException {
        Files.copy(one.resolve(FIRST + ".json"), other.resolve(SECOND + ".json"), StandardCopyOption.REPLACE_EXISTING);
        isRefused("both hold the row core.");
        assertThat(all).doesNotExist();
    }

    @Test
    void replacesNothing() throws IOException {
        assertThat(merge()).isZero();
        change(all.resolve(SECOND + ".json"), "1234", "4321");
        Files.delete(all.resolve(FIRST + ".json"));
        isRefused("is there already, with other results: take another folder");
        assertThat(all.resolve(FIRST + ".json")).as("nothing is copied").doesNotExist();
    }

    @Test
    void refusesWhatIsNoResult() throws IOException {
        Files.writeString(other.resolve(SECOND + ".json"), "{");
        isRefused(SECOND + ".json\", line 1: is not the JSON that JMH writes");
    }

    @Test
    void refusesAFileThatIsGoneOrRenamed() throws IOException {
        Files.move(other.resolve(SECOND + ".json"), other.resolve("kept.json"));
        isRefused("has no \"" + SECOND + ".json\" beside it");
        err.getBuffer().setLength(0);
        Files.move(other.resolve(SECOND + ".environment.json"), other.resolve("kept.environment.json"));
        isRefused("is the record of core.shard-2-of-2.json, so the file was renamed");
    }

    @Test
    void refusesFoldersThatHoldNothing() throws IOException {
        other = Files.createDirectory(folder.resolve("empty"));
        isRefused("empty\" has no results with the record that bench writes beside them");
        err.getBuffer().setLength(0);
        other = folder.resolve("nowhere");
        isRefused("there is no folder");
        err.getBuffer().setLength(0);
        other = one;
        all = Files.writeString(folder.resolve("file"), "");
        isRefused("--output is a folder, not the file");
    }
}
