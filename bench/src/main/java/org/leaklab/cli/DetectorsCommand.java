package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Detector;
import org.leaklab.lab.Lab;
import org.leaklab.lab.Said;
import org.leaklab.lab.Variant;
import org.leaklab.results.DetectorVerdict;
import org.leaklab.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures which detector catches which leak. */
@Command(
        name = "detectors",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs every scenario, or those that are named, leaky and fixed, on both kinds of thread, lets every detector look, and prints who caught what.",
            "A detector that judges says \"suspect\" where it has no proof. At the foot stand the leaks that none of these reports, with the reason.",
            "Exit code 0 when every leak is caught by at least one detector of leaklab, each one that no judge reports is explained, and no fixed scenario gives an alarm."
        })
final class DetectorsCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Scenarios to run; all where none is named.")
    private List<String> ids = List.of();

    @Option(names = "--json", description = "Print an array of cells as JSON instead.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Catalogue catalogue = Catalogue.load();
        List<Scenario> scenarios = ids.isEmpty()
                ? catalogue.all()
                : ids.stream().flatMap(id -> catalogue.idioms(id).stream()).toList();
        DetectorMatrix matrix = new DetectorMatrix(out, scenarios, !json);
        List<DetectorVerdict> rows = new ArrayList<>();
        Lab lab = new Lab();
        matrix.head();
        int cells = scenarios.size() * Variant.values().length * ThreadKind.values().length;
        int run = 0;
        for (Scenario scenario : scenarios) {
            for (Variant variant : Variant.values()) {
                for (ThreadKind kind : ThreadKind.values()) {
                    Cell cell = new Cell(scenario, variant, kind, 1);
                    run++;
                    if (json) { // the matrix shows by its rows how far it is
                        err.println("cell " + run + " of " + cells + ": " + cell);
                        err.flush();
                    }
                    CellResult result = lab.run(cell, EnumSet.allOf(Detector.class));
                    result.said().forEach(said -> rows.add(row(result, said)));
                    matrix.add(result);
                }
            }
        }
        if (json) {
            Json.print(out, rows);
        }
        return matrix.foot() ? 0 : 1;
    }

    private static DetectorVerdict row(CellResult result, Said said) {
        Cell cell = result.cell();
        return new DetectorVerdict(
                cell.scenario().leak().id(),
                cell.scenario().leak().idiom().word(),
                cell.variant().word(),
                cell.threads(),
                result.observedStuck(),
                said.detector(),
                said.found(),
                result.verdictOn(said),
                said.lines());
    }
}
