package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.leaklab.bench.run.Environment;
import org.leaklab.bench.run.Shard;
import org.leaklab.bench.run.ShardSet;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gathers what {@code bench --shard} measured on several machines. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Gathers shards that were measured on several machines in one folder, which report and compare take.",
            "Each shard keeps its file and the record of its machine beside it. Says which shards are missing.",
            "Exit codes: 0 all shards are there, 1 some are missing, 2 bad input."
        })
final class MergeCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders that bench --shard wrote.")
    private List<Path> folders = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where to write; nothing that is there is replaced.")
    private Path output = Path.of(".");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new IllegalArgumentException("--output is a folder, not the file " + output);
        }
        ShardSet shards = ShardSet.in(folders);
        shards.copyTo(output);
        PrintWriter out = spec.commandLine().getOut();
        Table table = new Table("GROUP", "SHARD", "ROWS", "JDK", "MEASURED ON").right(2);
        for (ShardSet.Piece piece : shards.pieces()) {
            Environment there = piece.environment();
            table.row(there.group(), piece.shard(), there.rows(), there.jdk(), machine(there));
        }
        table.lines().forEach(out::println);
        shards.missing()
                .forEach((group, missing) -> out.println(group + ": missing "
                        + missing.stream().map(Shard::toString).collect(Collectors.joining(", "))));
        out.flush();
        return shards.missing().isEmpty() ? 0 : 1;
    }

    private static String machine(Environment there) {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %.1f GB, %s %s",
                there.cpu(),
                there.processors(),
                (double) there.memoryBytes() / (1 << 30),
                there.os(),
                there.kernel());
    }
}
