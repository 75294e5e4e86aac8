package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launcher;
import org.leaklab.soak.Million;
import org.leaklab.soak.MillionReport;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A million virtual threads parked on channels, and woken. */
@Command(
        name = "million",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Parks a million virtual threads on channels, wakes them all, and says what that took.",
            "Give it 4 GB of heap: java -Xmx4g -jar benchmarks.jar million"
        })
final class MillionCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MEGABYTE = 1 << 20;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many (default 1000000).")
    private int threads;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the same as JSON, whole or not at all.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (threads < 1 || threads > Launcher.VIRTUAL_LIMIT) {
            throw new ParameterException(
                    spec.commandLine(), "--threads is from 1 to " + Launcher.VIRTUAL_LIMIT + ", not " + threads);
        }
        if (output != null && !Files.isDirectory(output.toAbsolutePath().getParent())) {
            throw new IllegalArgumentException("--output is a file in a folder that exists, not " + output);
        }
        List<Million.Row> rows = new ArrayList<>();
        for (Million.Shape shape : Million.Shape.values()) {
            rows.add(Million.run(shape, threads, PATIENCE));
        }
        PrintWriter out = spec.commandLine().getOut();
        table(rows).lines().forEach(out::println);
        out.printf(
                Locale.ROOT,
                "%nJava %s, %d cores, at most %.0f MB of heap%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / MEGABYTE);
        out.flush();
        if (output != null) {
            write(MillionReport.of(rows), output.toAbsolutePath());
        }
        return 0;
    }

    private static Table table(List<Million.Row> rows) {
        Table table = new Table(
                "THREADS", "PARKED IN ms", "HEAP MB", "B/THREAD", "WOKEN IN ms", "ENDED IN ms", "WAITING ON; WOKEN BY");
        for (Million.Row row : rows) {
            table.row(
                    row.threads(),
                    row.parkMillis(),
                    Math.round(row.heapBytes() / MEGABYTE),
                    row.heapBytesPerThread(),
                    row.wakeMillis(),
                    row.endMillis(),
                    row.shape());
        }
        return table;
    }

    private static void write(MillionReport report, Path file) throws IOException {
        Path partial = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try {
            try (PrintWriter json = new PrintWriter(Files.newBufferedWriter(partial))) {
                Json.print(json, report);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
