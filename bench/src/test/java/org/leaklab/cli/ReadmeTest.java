package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.PatternTable;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import picocli.CommandLine;

/**
 * The README's blocks are what the code and the commands say. {@code -Dleaklab.readme.update=true} writes them anew
 * instead.
 */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Pattern BLOCK =
            Pattern.compile("<!-- (\\w+)(?:: ([^>]*))? -->\n(.*?)<!-- /\\1 -->", Pattern.DOTALL);

    @Test
    @EnabledForJreRange(minVersion = 22, disabledReason = "dumps of older JDKs have no stacks of virtual threads")
    void saysWhatIsTrue() throws IOException, InterruptedException {
        String readme = Files.readString(README);
        StringBuilder updated = new StringBuilder();
        Matcher block = BLOCK.matcher(readme);
        List<String> kinds = new ArrayList<>();
        while (block.find()) {
            kinds.add(block.group(1));
            String truth = truth(block.group(1), block.group(2));
            if (!Boolean.getBoolean("leaklab.readme.update")) {
                assertThat(stable(block.group(3))).as("block " + block.group(1)).isEqualTo(stable(truth));
            }
            String head = block.group().substring(0, block.group().indexOf('\n') + 1);
            block.appendReplacement(
                    updated, Matcher.quoteReplacement(head + truth + "<!-- /" + block.group(1) + " -->"));
        }
        block.appendTail(updated);
        assertThat(kinds).contains("run", "source", "families", "patterns");
        if (Boolean.getBoolean("leaklab.readme.update")) {
            Files.writeString(README, updated);
        }
    }

    @Test
    void namesEveryCommandAndTheRightNumbers() throws IOException {
        String readme = Files.readString(README);
        assertThat(Main.commands().getSubcommands().keySet())
                .filteredOn(name -> !name.equals("help"))
                .allSatisfy(name -> assertThat(readme).contains("| `" + name + " "));
        assertThat(readme).contains("**" + Catalogue.load().all().size() + " scenarios**");
    }

    private static String truth(String kind, String argument) throws IOException, InterruptedException {
        return switch (kind) {
            case "run" ->
                "```console\n$ java -jar bench/target/benchmarks.jar " + argument + "\n" + output(argument) + "```\n";
            case "source" -> "```java\n" + withoutImports(Files.readString(ROOT.resolve(argument))) + "```\n";
            case "families" -> families();
            case "patterns" -> patterns();
            default -> throw new IllegalArgumentException("unknown block " + kind);
        };
    }

    /** Leaves out what differs from run to run: stacks and numbers, and with them the width of columns. */
    private static String stable(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("    at ") && !line.startsWith("    ..."))
                .map(line -> line.replaceAll("[0-9]+", "N").replaceAll(" +", " "))
                .collect(Collectors.joining("\n"));
    }

    private static String output(String arguments) {
        StringWriter out = new StringWriter();
        CommandLine commands = Main.commands();
        commands.setOut(new PrintWriter(out));
        assertThat(commands.execute(arguments.split(" "))).isZero();
        return out.toString();
    }

    private static String withoutImports(String source) {
        return source.substring(source.indexOf("/**"));
    }

    private static String families() {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Scenario scenario : Catalogue.load().all()) {
            Leak leak = scenario.leak();
            ids.computeIfAbsent(leak.family().word(), family -> new ArrayList<>())
                    .add("`" + leak.id() + "`");
        }
        return "| Family | Scenarios |\n| --- | --- |\n"
                + ids.entrySet().stream()
                        .map(family -> "| " + family.getKey() + " | " + String.join(", ", family.getValue()) + " |\n")
                        .collect(Collectors.joining());
    }

    private static String patterns() throws InterruptedException {
        List<PatternsCommand.Row> rows = PatternTable.run(ThreadKind.VIRTUAL).stream()
                .map(properties -> new PatternsCommand.Row("virtual", properties))
                .toList();
        return String.join("\n", PatternsCommand.table(rows).markdown()) + "\n";
    }
}
