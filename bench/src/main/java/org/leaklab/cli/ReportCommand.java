package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.leaklab.pages.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes one page of HTML about results. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes one page of HTML with all that results say: findings, charts with their tables, and where the figures come "
                    + "from. It opens from a file and needs no network.",
            "Reads files of JMH, of any project, and what bench, detectors --json and million --output write. A folder stands "
                    + "for all such files in it; those in folders inside it that are called again, local or site are left out."
        })
final class ReportCommand implements Callable<Integer> {

    private static final double KILOBYTE = 1024;

    @Parameters(arity = "1..*", paramLabel = "RESULT", description = "Files of results, or folders with such files.")
    private List<Path> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "Where to write the page (default report.html); it is whole or not there.")
    private Path output = Path.of("report.html");

    @Option(
            names = "--markdown",
            description = "Print the findings and a table of the headline measures of each group, and write no page.")
    private boolean markdown;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (markdown) {
            PrintWriter out = spec.commandLine().getOut();
            ReportPage.markdown(inputs).forEach(out::println);
            out.flush();
            return 0;
        }
        Path file = output.toAbsolutePath();
        if (Files.isDirectory(file) || !Files.isDirectory(file.getParent())) {
            throw new IllegalArgumentException("-o is a file in a folder that exists, not " + output);
        }
        String html = ReportPage.html(inputs);
        Path partial = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try {
            Files.writeString(partial, html);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, "%s: %,.0f KB", output, Files.size(file) / KILOBYTE));
        out.flush();
        return 0;
    }
}
