package org.leaklab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;

/**
 * Runs one cell in a child JVM, for scenarios that need JVM options of their own or cannot be ended in this one.
 *
 * <p>The child is this JVM's {@code java} and class path with the scenario's options; it prints its result as
 * {@link Properties}. It is killed when it does not end in three times the lab's patience, and when the waiting thread
 * is interrupted.
 */
final class OwnJvm {

    private static final String LINE = "\n";

    private OwnJvm() {}

    static CellResult run(Cell cell, Set<Detector> detectors, Duration patience) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(cell.scenario().leak().ownJvm()));
        command.addAll(List.of(
                "-Dleaklab.patience=" + patience.toMillis() / 1000.0,
                "-cp",
                System.getProperty("java.class.path"),
                OwnJvm.class.getName(),
                cell.scenario().leak().id(),
                cell.variant().name(),
                cell.kind().name(),
                cell.count() + "",
                detectors.stream().map(Detector::name).collect(Collectors.joining(","))));
        Process child;
        try {
            child = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for " + cell, e);
        }
        try {
            if (!child.waitFor(3 * patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return broken(cell, "its JVM did not end in time and was killed");
            }
            Properties result = new Properties();
            result.load(child.inputReader());
            if (child.exitValue() != 0 || result.isEmpty()) {
                return broken(cell, "its JVM ended with exit code " + child.exitValue() + " and no result");
            }
            return read(cell, result);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from the JVM of " + cell, e);
        } finally {
            child.destroyForcibly();
        }
    }

    private static CellResult broken(Cell cell, String complaint) {
        int expected = cell.expectedStuck(Runtime.version().feature());
        return new CellResult(cell, expected, 0, 0, 0, 0, null, List.of(), List.of(), List.of(complaint), List.of());
    }

    private static CellResult read(Cell cell, Properties from) {
        return new CellResult(
                cell,
                Integer.parseInt(from.getProperty("expected")),
                Integer.parseInt(from.getProperty("observed")),
                Integer.parseInt(from.getProperty("before")),
                Integer.parseInt(from.getProperty("stuck")),
                Integer.parseInt(from.getProperty("after")),
                from.getProperty("wrongAnswer"),
                lines(from.getProperty("stack")),
                stuck(from),
                lines(from.getProperty("complaints")),
                said(from));
    }

    private static List<StuckThread> stuck(Properties from) {
        List<StuckThread> stuck = new ArrayList<>();
        for (int i = 0; from.containsKey("stuck." + i + ".name"); i++) {
            String thread = "stuck." + i;
            stuck.add(new StuckThread(
                    from.getProperty(thread + ".name"),
                    from.getProperty(thread + ".state"),
                    awaited(from, thread + ".waitsFor"),
                    lines(from.getProperty(thread + ".stack"))));
        }
        return stuck;
    }

    private static StuckThread.@Nullable Awaited awaited(Properties from, String what) {
        String type = from.getProperty(what + ".type");
        return type == null
                ? null
                : new StuckThread.Awaited(
                        Integer.parseInt(from.getProperty(what + ".number")),
                        type,
                        from.getProperty(what + ".says"),
                        from.getProperty(what + ".holder"),
                        Boolean.parseBoolean(from.getProperty(what + ".holderLives")));
    }

    private static void write(List<StuckThread> stuck, Properties to) {
        for (int i = 0; i < stuck.size(); i++) {
            StuckThread thread = stuck.get(i);
            to.setProperty("stuck." + i + ".name", thread.name());
            to.setProperty("stuck." + i + ".state", thread.state());
            to.setProperty("stuck." + i + ".stack", String.join(LINE, thread.stack()));
            StuckThread.Awaited awaited = thread.waitsFor();
            if (awaited != null) {
                String what = "stuck." + i + ".waitsFor";
                to.setProperty(what + ".number", awaited.number() + "");
                to.setProperty(what + ".type", awaited.type());
                to.setProperty(what + ".says", awaited.says());
                to.setProperty(what + ".holderLives", awaited.holderLives() + "");
                if (awaited.holder() != null) {
                    to.setProperty(what + ".holder", awaited.holder());
                }
            }
        }
    }

    private static List<Said> said(Properties from) {
        List<Said> said = new ArrayList<>();
        for (Detector detector : Detector.values()) {
            String found = from.getProperty(detector + ".found");
            if (found != null) {
                said.add(new Said(
                        detector.word(),
                        Said.Sight.valueOf(from.getProperty(detector + ".sight")),
                        Integer.parseInt(found),
                        lines(from.getProperty(detector + ".lines"))));
            }
        }
        return said;
    }

    private static List<String> lines(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(LINE));
    }

    /** The child: runs the cell that its arguments name and prints the result. */
    public static void main(String[] args) throws Exception {
        Cell cell = new Cell(
                Catalogue.load().get(args[0]),
                Variant.valueOf(args[1]),
                ThreadKind.valueOf(args[2]),
                Integer.parseInt(args[3]));
        Set<Detector> detectors = EnumSet.noneOf(Detector.class);
        for (String name : args[4].split(",")) {
            if (!name.isEmpty()) {
                detectors.add(Detector.valueOf(name));
            }
        }
        CellResult result = new Lab().runHere(cell, detectors);
        Properties to = new Properties();
        to.setProperty("expected", result.expectedStuck() + "");
        to.setProperty("observed", result.observedStuck() + "");
        to.setProperty("before", result.threadsBefore() + "");
        to.setProperty("stuck", result.threadsStuck() + "");
        to.setProperty("after", result.threadsAfter() + "");
        if (result.wrongAnswer() != null) {
            to.setProperty("wrongAnswer", result.wrongAnswer());
        }
        to.setProperty("stack", String.join(LINE, result.stack()));
        write(result.stuck(), to);
        to.setProperty("complaints", String.join(LINE, result.complaints()));
        for (Said said : result.said()) {
            to.setProperty(said.detector() + ".sight", said.sight().name());
            to.setProperty(said.detector() + ".found", said.found() + "");
            to.setProperty(said.detector() + ".lines", String.join(LINE, said.lines()));
        }
        to.store(System.out, null);
        System.out.flush();
        Runtime.getRuntime().halt(0); // whatever could not be ended ends here
    }
}
