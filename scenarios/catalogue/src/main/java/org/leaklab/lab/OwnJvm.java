package org.leaklab.lab;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.scenario.Idiom;

/**
 * Runs one cell in a child JVM. Some scenarios need JVM options of their own, or cannot be ended in this JVM.
 *
 * <p>The child uses this JVM's {@code java} command, its class path and module path, and the options of the scenario.
 * It writes its result, as a Java object, to a file that the parent names. What it prints goes to another file, so that
 * a full pipe cannot block it. The parent kills the child if it does not end within three times the lab's patience, or
 * if the waiting thread is interrupted.
 */
final class OwnJvm {

    private static final int LINES_SHOWN = 10;

    private OwnJvm() {}

    /** The result of a cell without the cell itself, which the parent has. */
    private record Outcome(
            int expected,
            int observed,
            int before,
            int during,
            int after,
            @Nullable String wrongAnswer,
            List<String> stack,
            List<StuckThread> stuck,
            List<String> complaints,
            List<Said> said)
            implements Serializable {

        static Outcome of(CellResult result) {
            return new Outcome(
                    result.expectedStuck(),
                    result.observedStuck(),
                    result.threadsBefore(),
                    result.threadsStuck(),
                    result.threadsAfter(),
                    result.wrongAnswer(),
                    result.stack(),
                    result.stuck(),
                    result.complaints(),
                    result.said());
        }

        CellResult resultOf(Cell cell) {
            return new CellResult(
                    cell, expected, observed, before, during, after, wrongAnswer, stack, stuck, complaints, said);
        }
    }

    static CellResult run(Cell cell, Set<Detector> detectors, Duration patience) throws InterruptedException {
        Path result = null;
        Path printed = null;
        try {
            result = Files.createTempFile("leaklab-result", ".ser");
            printed = Files.createTempFile("leaklab-printed", ".txt");
            return run(cell, command(cell, detectors, patience, result), patience, result, printed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + cell + " in a JVM of its own", e);
        } finally {
            delete(result);
            delete(printed);
        }
    }

    private static List<String> command(Cell cell, Set<Detector> detectors, Duration patience, Path result) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(cell.scenario().leak().ownJvm()));
        command.add("-Dleaklab.patience=" + patience.toMillis() / 1000.0);
        command.addAll(path(OwnJvm.class.getModule().getName(), OwnJvm.class));
        command.addAll(List.of(
                result.toString(),
                cell.scenario().leak().id(),
                cell.scenario().leak().idiom().name(),
                cell.variant().name(),
                cell.kind().name(),
                cell.count() + "",
                detectors.stream().map(Detector::name).collect(Collectors.joining(","))));
        return command;
    }

    /**
     * The options by which the child finds its classes as this JVM does, and the main class.
     *
     * @param module the module of the main class; null if it is on the class path
     */
    static List<String> path(@Nullable String module, Class<?> main) {
        List<String> path = new ArrayList<>();
        String classes = System.getProperty("java.class.path");
        if (!classes.isEmpty()) {
            path.addAll(List.of("-cp", classes));
        }
        if (module == null) {
            path.add(main.getName());
        } else {
            path.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
            path.addAll(List.of("--module", module + "/" + main.getName()));
        }
        return path;
    }

    private static CellResult run(Cell cell, List<String> command, Duration patience, Path result, Path printed)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            if (!child.waitFor(3 * patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return broken(cell, "its JVM did not end in time and was killed" + lastLines(printed));
            }
            if (child.exitValue() != 0 || Files.size(result) == 0) {
                return broken(
                        cell,
                        "its JVM ended with exit code " + child.exitValue() + " and no result" + lastLines(printed));
            }
            return read(result).resultOf(cell);
        } finally {
            child.destroyForcibly();
        }
    }

    private static CellResult broken(Cell cell, String complaint) {
        int expected = cell.expectedStuck(Runtime.version().feature());
        return new CellResult(cell, expected, 0, 0, 0, 0, null, List.of(), List.of(), List.of(complaint), List.of());
    }

    /** The last lines that a child printed before it failed, without their indents, on one line. */
    static String lastLines(Path printed) throws IOException {
        List<String> lines = new String(Files.readAllBytes(printed), Charset.defaultCharset())
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> Printable.of(line.strip()))
                .toList();
        return lines.isEmpty()
                ? ""
                : "; it said: "
                        + String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private static Outcome read(Path result) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(result))) {
            return (Outcome) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("a class of the result is not on this class path", e);
        }
    }

    private static void write(Outcome outcome, Path result) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(result))) {
            out.writeObject(outcome);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // Windows does not delete what a killed child still has open
        }
    }

    /** The child: runs the cell that its arguments name and writes the result to the file that the first one names. */
    public static void main(String[] args) throws Exception {
        Cell cell = new Cell(
                Catalogue.load().get(args[1], Idiom.valueOf(args[2])),
                Variant.valueOf(args[3]),
                ThreadKind.valueOf(args[4]),
                Integer.parseInt(args[5]));
        Set<Detector> detectors = EnumSet.noneOf(Detector.class);
        for (String name : args[6].split(",")) {
            if (!name.isEmpty()) {
                detectors.add(Detector.valueOf(name));
            }
        }
        write(Outcome.of(new Lab().runHere(cell, detectors)), Path.of(args[0]));
        halt(0);
    }

    /** Ends this JVM, with whatever could not be ended, and the processes that a cell has started. */
    static void halt(int status) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(status);
    }
}
