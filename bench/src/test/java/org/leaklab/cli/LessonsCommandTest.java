package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Watch.Count;
import org.leaklab.lab.Watch.Look;
import org.leaklab.lab.Watch.Phase;
import org.leaklab.scenario.Scenario;
import picocli.CommandLine;

/** The command writes the pages, from results or from runs, and refuses what it cannot read. */
@Tag("once")
class LessonsCommandTest extends CommandTest {

    private static final List<String> SOME = List.of("lock-order-deadlock");

    @TempDir
    Path folder;

    @Test
    void resultsBecomePages() throws IOException {
        Path site = folder.resolve("site");
        assertThat(execute("lessons", "-o", site.toString(), "../results"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(Catalogue.load().ids().size() + " lessons; begin with " + site.resolve("index.html"));
        assertThat(err.toString()).isEmpty();
        assertThat(Files.readString(site.resolve("missed-notify.html")))
                .contains("waits on", "of an ArrayDeque", "nobody who runs", "MissedNotify.java:");
    }

    /**
     * Of one scenario, because each is run for real with all detectors, which takes half a minute. What all do, the
     * tests of cells show.
     */
    @Test
    void withoutResultsScenariosAreRun() throws IOException {
        List<Scenario> some = Catalogue.load().all().stream()
                .filter(scenario -> SOME.contains(scenario.leak().id()))
                .toList();
        CommandLine lessons = new CommandLine(new LessonsCommand(() -> some));
        lessons.setOut(new PrintWriter(out));
        lessons.setErr(new PrintWriter(err));
        assertThat(lessons.execute("-o", folder.toString())).as(err.toString()).isZero();
        assertThat(err.toString())
                .contains("run 1 of " + 2 * some.size() + ": lock-order-deadlock leaky platform")
                .doesNotContain("not as expected");
        assertThat(Files.readString(folder.resolve("lock-order-deadlock.html")))
                .contains("held by", "alice to bob", "JDK " + Runtime.version().feature(), ">caught<")
                .contains("id=\"steps-channel\"", "starts alice to bob", "stuck: waiting");
    }

    @Test
    void badInputIsRefusedInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        refused("is no folder that can be written", "-o", file.toString(), "../results");
        refused("cannot be written to", "-o", file.resolve("below").toString(), "../results");
        refused("there is no file or folder \"nowhere\" that can be read", "-o", site(), "nowhere");
        refused("holds none of stuck.json, detectors.json, memory.json", "-o", site(), "src");
        refused("is not the JSON it should be", "-o", site(), file.toString());
        Path other = Files.writeString(folder.resolve("other.json"), "[{\"name\": 1}]");
        refused("is no result that lessons know", "-o", site(), other.toString());
        Path half = Files.writeString(folder.resolve("half.json"), "[{\"stuck\": []}]");
        refused("has a cell without jdk", "-o", site(), half.toString());
        refused("holds no result of the memory benchmarks", "-o", site(), "../results/25/core.json");
        refused("Missing required option: '-o=DIR'");
        assertThat(Files.exists(folder.resolve("site"))).isFalse();
    }

    private String site() {
        return folder.resolve("site").toString();
    }

    private void refused(String why, String... arguments) {
        err.getBuffer().setLength(0);
        String[] args = new String[arguments.length + 1];
        args[0] = "lessons";
        System.arraycopy(arguments, 0, args, 1, arguments.length);
        assertThat(execute(args)).as(why).isEqualTo(2);
        assertThat(err.toString()).contains(why).hasLineCount(1);
    }

    @Test
    void watchShowsALeakGrowAndBeCured() {
        assertThat(execute("watch", "first-result-wins")).as(err.toString()).isZero();
        String grown = " +48 alive +48 stuck  #{9}";
        String gone = " +0 alive +0 stuck";
        assertThat(out.toString())
                .containsPattern("on platform threads +on virtual threads")
                .containsPattern("leaky +12 runs" + grown + grown)
                .containsPattern("left" + grown + grown)
                .containsPattern("freed" + gone + gone)
                .containsPattern("fixed +12 runs" + gone + gone)
                .contains("cure: leave room")
                .doesNotContain("\u001b");
        assertThat(out.toString().lines().filter(line -> line.startsWith("leaky")))
                .as("where nobody looks on, a line a phase of each idiom")
                .hasSize(2);
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    /** On a terminal the block is drawn anew over itself. */
    @Test
    void aTerminalSeesOneBlock() {
        WatchView view = new WatchView(new PrintWriter(out), CommandLine.Help.Ansi.ON, 4);
        view.accept(look(Phase.LEAKY, 1, 2));
        view.accept(look(Phase.LEAKY, 2, 4));
        view.accept(look(Phase.FREED, 0, 0));
        String one = "   2 alive    2 stuck  #####";
        String two = "   4 alive    4 stuck  #########";
        String gone = "   0 alive    0 stuck";
        String leaky = "leaky    2 runs" + two + two;
        assertThat(out.toString().lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .containsExactly(
                        "leaky     1 run" + one + "    " + one + "\u001b[K",
                        "\u001b[1A" + leaky + "\u001b[K",
                        "\u001b[1A" + leaky + "\u001b[K",
                        "freed          " + gone + " ".repeat(11) + gone + "\u001b[K");
    }

    private static Look look(Phase phase, int runs, int stuck) {
        return new Look(
                phase,
                runs,
                Arrays.stream(ThreadKind.values())
                        .map(kind -> new Count(kind, stuck, stuck))
                        .toList());
    }

    /** All that a watch shows of an id fits a terminal of the usual size, with the line of the command. */
    @Test
    void aWatchFitsATerminal() {
        for (String id : Catalogue.load().ids()) {
            List<String> lines = new ArrayList<>();
            for (Scenario scenario : Catalogue.load().idioms(id)) {
                lines.addAll(WatchView.heading(scenario.leak(), List.of(ThreadKind.values())));
                Arrays.stream(Phase.values()).forEach(phase -> lines.add(phase.word()));
                lines.addAll(WatchView.footing(scenario.leak()));
            }
            assertThat(lines)
                    .as(id)
                    .hasSizeLessThan(24)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }
}
