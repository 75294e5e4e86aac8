package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.leaklab.core.text.Printable;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Detector;
import org.leaklab.lab.Lab;
import org.leaklab.lab.Variant;
import org.leaklab.timeline.Recording;
import org.leaklab.timeline.Timeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs scenarios for real and holds what happens against what their classes say. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs scenarios for real, holds the threads that stay stuck against what each class says, shows the stack of one, and frees them.",
            "BEFORE, AFTER and LEFT count live threads of this JVM: before the cell, with its threads stuck, and after they "
                    + "were freed.",
            "Exit code 0 when every cell is as expected, 1 otherwise."
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Scenarios to run, or \"all\".")
    private List<String> ids = List.of();

    @Mixin
    private CellChoice choice = new CellChoice();

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            description =
                    "Let a detector look at what is left, and add what it said: count, profile, verify, deadlock, reachability, heap-dump, live, jstack, thread-mx-bean, json-dump or all.")
    private List<String> detectors = List.of();

    @Option(names = "--json", description = "Print an array of results as JSON instead.")
    private boolean json;

    @Option(
            names = "--stacks",
            description = "With --json: add every stuck thread, with its stack and what it waits for, and the JDK.")
    private boolean stacks;

    @Option(
            names = "--steps",
            description =
                    "With --json: print what each thread of a leaky form did until it was stuck, instead of results. "
                            + "What runs in a JVM of its own is left out.")
    private boolean steps;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Cell> cells = choice.cells(ids, Kinds.BOTH);
        Set<Detector> asked = asked();
        if (steps) {
            return steps(cells);
        }
        return json ? json(cells, asked) : text(cells, asked);
    }

    private int steps(List<Cell> cells) throws Exception {
        if (!json || stacks || !detectors.isEmpty()) {
            throw new IllegalArgumentException(
                    "--steps prints what threads did, as JSON, and no results: add --json, and leave out --stacks and --detector");
        }
        if (cells.stream().noneMatch(RunCommand::isRecorded)) {
            throw new IllegalArgumentException(
                    "nothing here can be recorded: --steps wants a leaky form that does not run in a JVM of its own");
        }
        List<Timeline> timelines = new ArrayList<>();
        boolean allRecorded = true;
        for (Cell cell : cells) {
            if (isRecorded(cell)) {
                try {
                    timelines.add(Recording.of(cell.scenario(), cell.kind()));
                } catch (IllegalStateException e) {
                    spec.commandLine()
                            .getErr()
                            .println("not recorded: " + Printable.of(String.valueOf(e.getMessage())));
                    allRecorded = false;
                }
            }
        }
        Json.print(spec.commandLine().getOut(), timelines);
        return allRecorded ? 0 : 1;
    }

    private static boolean isRecorded(Cell cell) {
        return cell.variant() == Variant.LEAKY && Recording.isPossible(cell.scenario());
    }

    private int json(List<Cell> cells, Set<Detector> asked) throws Exception {
        Lab lab = new Lab();
        List<CellRow> rows = new ArrayList<>();
        boolean allAsExpected = true;
        for (Cell cell : cells) {
            CellResult result = lab.run(cell, asked);
            rows.add(CellRow.of(result, stacks));
            allAsExpected &= result.asExpected();
        }
        Json.print(spec.commandLine().getOut(), rows);
        return allAsExpected ? 0 : 1;
    }

    private int text(List<Cell> cells, Set<Detector> asked) throws Exception {
        Lab lab = new Lab();
        PrintWriter out = spec.commandLine().getOut();
        CellText text = new CellText(out, spec.commandLine().getColorScheme().ansi(), cells);
        text.heading();
        int unexpected = 0;
        for (Cell cell : cells) {
            CellResult result = lab.run(cell, asked);
            unexpected += result.asExpected() ? 0 : 1;
            text.print(result);
        }
        out.println();
        out.println(cells.size() + (cells.size() == 1 ? " cell" : " cells") + " on Java "
                + Runtime.version().feature() + ": " + (cells.size() - unexpected) + " as expected, " + unexpected
                + " unexpected");
        out.flush();
        return unexpected == 0 ? 0 : 1;
    }

    private Set<Detector> asked() {
        Set<Detector> asked = EnumSet.noneOf(Detector.class);
        for (String word : detectors) {
            Set<Detector> meant = EnumSet.allOf(Detector.class);
            meant.removeIf(detector -> !word.equals("all") && !detector.word().equals(word));
            if (meant.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no detector \"" + word + "\": it is all or one of " + EnumSet.allOf(Detector.class));
            }
            asked.addAll(meant);
        }
        return asked;
    }
}
