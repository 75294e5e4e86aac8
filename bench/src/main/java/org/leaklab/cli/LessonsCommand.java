package org.leaklab.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Detector;
import org.leaklab.lab.Lab;
import org.leaklab.lab.Variant;
import org.leaklab.pages.lessons.Evidence;
import org.leaklab.pages.lessons.Lesson;
import org.leaklab.pages.lessons.Site;
import org.leaklab.scenario.Scenario;
import org.leaklab.timeline.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a page a scenario. */
@Command(
        name = "lessons",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a page a scenario into a folder: the mistake and the cure side by side, who waits for whom, the stack, what each thread did, who catches it, what it costs; with an index.",
            "The code is that of the sources in the jar. What was seen comes from results: those of \"run all --json --stacks\" (stuck.json), "
                    + "\"run all --json --steps\" (steps.json), "
                    + "\"detectors --json\" (detectors.json) and the memory benchmarks (memory.json), in files or in folders such as results. "
                    + "Where none of them has stacks, every scenario is run now."
        })
final class LessonsCommand implements Callable<Integer> {

    @Option(names = "-o", required = true, paramLabel = "DIR", description = "Where to write; made if it is not there.")
    private Path folder = Path.of("");

    @Option(names = "--run", description = "Run every scenario now, whatever results are given.")
    private boolean run;

    @Parameters(arity = "0..*", paramLabel = "RESULT", description = "Files of results, or folders that hold some.")
    private List<Path> results = List.of();

    @Spec
    private CommandSpec spec;

    private final Supplier<List<Scenario>> chosen;

    /** Of all scenarios. */
    LessonsCommand() {
        this(() -> Catalogue.load().all());
    }

    /** Of some scenarios. */
    LessonsCommand(Supplier<List<Scenario>> chosen) {
        this.chosen = chosen;
    }

    @Override
    public Integer call() throws Exception {
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            throw new IllegalArgumentException(
                    "the lessons cannot be written to \"" + folder + "\", which is no folder that can be written");
        }
        Evidence evidence = new Evidence();
        evidence.read(results);
        List<Scenario> scenarios = chosen.get();
        if (run || evidence.hasNoStacks()) {
            runAll(scenarios, evidence);
            recordAll(scenarios, evidence);
        }
        List<Lesson> lessons = Lesson.of(scenarios, evidence);
        Site site = new Site(lessons, Files.exists(folder.resolve(Site.REPORT)));
        site.write(folder);
        PrintWriter out = spec.commandLine().getOut();
        out.println(lessons.size() + " lessons; begin with " + folder.resolve("index.html"));
        out.flush();
        return 0;
    }

    /** Detectors look too where no results say what they say. */
    private void runAll(List<Scenario> scenarios, Evidence evidence) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Set<Detector> detectors =
                evidence.detectedOn().isEmpty() ? EnumSet.allOf(Detector.class) : EnumSet.noneOf(Detector.class);
        Lab lab = new Lab();
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (ThreadKind kind : ThreadKind.values()) {
                cells.add(new Cell(scenario, Variant.LEAKY, kind, 1));
            }
        }
        for (int i = 0; i < cells.size(); i++) {
            CellResult result = lab.run(cells.get(i), detectors);
            evidence.add(result, Runtime.version().toString());
            err.println("run " + (i + 1) + " of " + cells.size() + ": " + cells.get(i)
                    + (result.asExpected()
                            ? ""
                            : ", not as expected: " + Printable.of(String.join("; ", result.complaints()))));
            err.flush();
        }
    }

    private void recordAll(List<Scenario> scenarios, Evidence evidence) throws Exception {
        for (Scenario scenario : scenarios) {
            if (Recording.isPossible(scenario)) {
                evidence.add(Recording.of(scenario, ThreadKind.PLATFORM));
            }
        }
    }
}
