package org.leaklab.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Detector;
import org.leaklab.lab.Exhibit;
import org.leaklab.lab.Lab;
import org.leaklab.lab.Said;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Waits;
import org.leaklab.serve.ProfileServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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
            "Exit code 0 when every cell is as expected, 1 otherwise."
        })
final class RunCommand implements Callable<Integer> {

    private static final int MOST = 1000;
    private static final int MOST_SPINNING = 16;
    private static final int FRAMES = 12;

    enum Variants {
        LEAKY(Variant.LEAKY),
        FIXED(Variant.FIXED),
        BOTH(Variant.values());

        @SuppressWarnings("ImmutableEnumChecker") // it is an unmodifiable list
        private final List<Variant> variants;

        Variants(Variant... variants) {
            this.variants = List.of(variants);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Scenarios to run, or \"all\".")
    private List<String> ids = List.of();

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            defaultValue = "leaky",
            description = "leaky (default), fixed or both.")
    private Variants variants = Variants.LEAKY;

    @Option(
            names = "--threads",
            paramLabel = "KIND",
            defaultValue = "both",
            description = "platform, virtual or both (default).")
    private Kinds kinds = Kinds.BOTH;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times to run each body, 1 to 1000 (default 1).")
    private int count = 1;

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            description =
                    "Let a detector look at what is left, and add what it said: count, profile, verify, deadlock, reachability or all.")
    private List<String> detectors = List.of();

    @Option(
            names = "--serve",
            paramLabel = "PORT",
            description =
                    "Keep one cell alive and serve its threads on this port of 127.0.0.1 (0: any that is free) until interrupted.")
    private @Nullable Integer port;

    @Option(
            names = "--watch",
            description =
                    "Show the counts of one scenario while its leaky form is run again and again, is freed, and its fixed form is run; for some seconds.")
    private boolean watch;

    @Option(names = "--json", description = "Print an array of results as JSON instead.")
    private boolean json;

    @Option(
            names = "--stacks",
            description = "With --json: add every stuck thread, with its stack and what it waits for, and the JDK.")
    private boolean stacks;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Cell> cells = cells();
        Set<Detector> asked = asked();
        PrintWriter out = spec.commandLine().getOut();
        if (port != null) {
            return serve(cells, port, out);
        }
        if (watch) {
            return watch(cells, out);
        }
        Lab lab = new Lab();
        List<CellResult> results = new ArrayList<>();
        int width = cells.stream()
                .mapToInt(cell -> cell.scenario().leak().id().length())
                .max()
                .orElse(0);
        if (!json) {
            out.printf(
                    "%-" + width + "s  %-7s  %-8s  %6s  %5s  %5s  %8s  %5s  %s%n",
                    "SCENARIO",
                    "VARIANT",
                    "THREADS",
                    "BEFORE",
                    "AFTER",
                    "STUCK",
                    "EXPECTED",
                    "FREED",
                    "VERDICT");
        }
        for (Cell cell : cells) {
            CellResult result = lab.run(cell, asked);
            results.add(result);
            if (!json) {
                print(out, result, width);
            }
        }
        long unexpected =
                results.stream().filter(result -> !result.asExpected()).count();
        if (json) {
            Json.print(
                    out,
                    results.stream().map(result -> CellRow.of(result, stacks)).toList());
        } else {
            out.println();
            out.println(results.size() + (results.size() == 1 ? " cell" : " cells") + " on Java "
                    + Runtime.version().feature() + ": " + (results.size() - unexpected) + " as expected, " + unexpected
                    + " unexpected");
            out.flush();
        }
        return unexpected == 0 ? 0 : 1;
    }

    private int serve(List<Cell> cells, int wanted, PrintWriter out) throws Exception {
        if (cells.size() != 1 || wanted < 0 || wanted > 65_535) {
            throw new ParameterException(
                    spec.commandLine(),
                    cells.size() == 1
                            ? "--serve takes a port from 0 to 65535, not " + wanted
                            : "--serve keeps one cell, not " + cells.size()
                                    + ": name one scenario, and platform or virtual with --threads");
        }
        try (Exhibit exhibit = Exhibit.of(cells.getFirst());
                Reachability reachability = Reachability.of(exhibit.threads());
                ProfileServer server = ProfileServer.start(wanted, ThreadSource.of(exhibit.threads()), reachability)) {
            String address = "http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/";
            out.println(cells.getFirst() + " is kept at " + address + " until you press Ctrl-C");
            out.println("    go tool pprof -top " + address + "threads");
            out.flush();
            new CountDownLatch(1).await();
        } catch (UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (InterruptedException e) {
            out.println("freed");
            out.flush();
        }
        return 0;
    }

    private int watch(List<Cell> cells, PrintWriter out) throws Exception {
        Set<Scenario> scenarios =
                new LinkedHashSet<>(cells.stream().map(Cell::scenario).toList());
        if (scenarios.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--watch shows one scenario, not " + scenarios.size() + ": name one");
        }
        WatchView.show(
                cells.getFirst().scenario(),
                kinds.kinds,
                out,
                spec.commandLine().getColorScheme().ansi());
        return 0;
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

    private List<Cell> cells() {
        if (count < 1 || count > MOST) {
            throw new ParameterException(spec.commandLine(), "--count is from 1 to " + MOST + ", not " + count);
        }
        Catalogue catalogue = Catalogue.load();
        Set<Scenario> scenarios = new LinkedHashSet<>();
        for (String id : ids) {
            if (id.equals("all")) {
                scenarios.addAll(catalogue.all());
            } else {
                scenarios.add(catalogue.get(id));
            }
        }
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Variant variant : variants.variants) {
                for (ThreadKind kind : kinds.kinds) {
                    cells.add(cell(scenario, variant, kind));
                }
            }
        }
        return cells;
    }

    private Cell cell(Scenario scenario, Variant variant, ThreadKind kind) {
        Leak leak = scenario.leak();
        if (variant == Variant.LEAKY
                && kind == ThreadKind.PLATFORM
                && leak.waits() == Waits.SPINNING
                && count > MOST_SPINNING) {
            throw new ParameterException(
                    spec.commandLine(),
                    leak.id() + " spins: --count is at most " + MOST_SPINNING
                            + " for it on platform threads, which would leave no processor to anybody, not " + count);
        }
        return new Cell(scenario, variant, kind, count);
    }

    private void print(PrintWriter out, CellResult result, int width) {
        Cell cell = result.cell();
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        String verdict = ansi.string(result.asExpected() ? "@|green as expected|@" : "@|bold,red unexpected|@");
        out.printf(
                "%-" + width + "s  %-7s  %-8s  %6d  %5d  %5d  %8d  %5d  %s%n",
                cell.scenario().leak().id(),
                cell.variant().word(),
                cell.threads(),
                result.threadsBefore(),
                result.threadsStuck(),
                result.observedStuck(),
                result.expectedStuck(),
                result.threadsAfter(),
                verdict);
        if (result.wrongAnswer() != null) {
            out.println("    wrong answer: " + result.wrongAnswer());
        }
        result.complaints().forEach(complaint -> out.println("    " + complaint));
        List<String> stack = result.stack();
        stack.stream().limit(FRAMES).forEach(frame -> out.println("    at " + frame));
        if (stack.size() > FRAMES) {
            out.println("    ... " + (stack.size() - FRAMES) + " more");
        }
        for (Said said : result.said()) {
            out.println("    " + said.detector() + ": " + said.verdict(result.observedStuck()));
            said.lines().forEach(line -> out.println("        " + line));
        }
        if (!stack.isEmpty()) {
            Leak leak = cell.scenario().leak();
            out.println("    why:  " + leak.cause());
            out.println("    cure: " + leak.cure());
        }
        out.flush();
    }
}
