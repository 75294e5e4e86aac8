package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.PatternProperties;
import org.leaklab.lab.PatternTable;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the five patterns and prints what they were seen to do. */
@Command(
        name = "patterns",
        mixinStandardHelpOptions = true,
        description = "Runs the five patterns of structured concurrency and prints what each was seen to do.")
final class PatternsCommand implements Runnable {

    enum Format {
        TEXT,
        MARKDOWN,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--threads",
            paramLabel = "KIND",
            defaultValue = "both",
            description = "platform, virtual or both (default).")
    private Kinds kinds = Kinds.BOTH;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), markdown or json.")
    private Format format = Format.TEXT;

    @Option(names = "--json", description = "Short for --format json.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** What JSON says of a pattern on a kind of thread. */
    record Row(String threads, PatternProperties properties) {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<Row> rows = new ArrayList<>();
        try {
            for (ThreadKind kind : kinds.kinds) {
                for (PatternProperties properties : PatternTable.run(kind)) {
                    rows.add(new Row(kind.name().toLowerCase(Locale.ROOT), properties));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        switch (json ? Format.JSON : format) {
            case JSON -> Json.print(out, rows);
            case TEXT -> table(rows).lines().forEach(out::println);
            case MARKDOWN -> table(rows).markdown().forEach(out::println);
        }
        out.flush();
    }

    static Table table(List<Row> rows) {
        Table table = new Table(
                "Pattern",
                "Threads",
                "At once",
                "Errors propagate",
                "Cancellation propagates",
                "Backpressure",
                "In order");
        for (Row row : rows) {
            PatternProperties seen = row.properties;
            table.row(
                    seen.pattern(),
                    row.threads,
                    seen.bound(),
                    yes(seen.errorsPropagate()),
                    yes(seen.cancellationPropagates()),
                    yes(seen.backpressure()),
                    yes(seen.ordered()));
        }
        return table;
    }

    private static String yes(boolean seen) {
        return seen ? "yes" : "no";
    }
}
