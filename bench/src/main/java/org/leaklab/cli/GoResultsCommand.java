package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.leaklab.results.go.GoResults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes files of results of what {@code go test -bench} printed. */
@Command(
        name = "go-results",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads what go test -bench printed, of any project, and writes it in the shape of JMH's JSON: GROUP.json and "
                    + "GROUP.environment.json for each Go package, so that compare and report take it.",
            "A line \"fork: N\" above results says which process measured them; without it a file is one process."
        })
final class GoResultsCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files with the output of go test -bench.")
    private List<Path> files = List.of();

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "Where to write; each file is whole or not there.")
    private Path folder = Path.of(".");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out is a folder, not the file " + folder);
        }
        List<GoResults> groups = GoResults.read(files);
        Set<String> names = new HashSet<>();
        for (GoResults group : groups) {
            if (!names.add(group.group())) {
                throw new IllegalArgumentException(group.group()
                        + ".json would be written twice: name files of one side, JDK and package of that name");
            }
        }
        Files.createDirectories(folder);
        String version = Objects.requireNonNullElse(
                GoResultsCommand.class.getPackage().getImplementationVersion(), "(not packaged)");
        PrintWriter out = spec.commandLine().getOut();
        for (GoResults group : groups) {
            Path results = folder.resolve(group.group() + ".json");
            Path environment = folder.resolve(group.group() + ".environment.json");
            Files.deleteIfExists(environment); // results without one are better than with that of others
            write(results, group.results());
            write(environment, group.environment(version));
            out.println(results + ": " + group.rows() + " rows, forks " + group.forks() + ", " + group.version());
        }
        out.flush();
        return 0;
    }

    private static void write(Path file, String content) throws IOException {
        Path partial = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try {
            Files.writeString(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
