package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.lab.Catalogue;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * README and the pages of docs say what is true: their blocks are what the code and the commands say, their links lead
 * somewhere, their commands and examples work. {@code -Dleaklab.readme.update=true} writes the blocks anew instead.
 */
@Tag("once")
class ReadmeTest {

    private static final boolean UPDATE = Boolean.getBoolean("leaklab.readme.update");
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 150;
    private static final Pattern OF_THE_JAR =
            Pattern.compile("(?:benchmarks\\.jar|scripts/lab) ([^\\s`)]+)([^`#\\n]*)");
    private static final Pattern SPAN = Pattern.compile("`([a-z-]+)( [^`]*)`");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.])scripts/([a-z-]+)");
    private static final Pattern NAME_OF_CLASS = Pattern.compile("public class (\\w+)");

    static List<Page> pages() throws IOException {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @EnabledForJreRange(minVersion = 22, disabledReason = "dumps of older JDKs have no stacks of virtual threads")
    void blocksAreTrue(Page page) throws Exception {
        if (UPDATE) {
            Files.writeString(page.file(), page.updated(PageTruth::of));
            return;
        }
        for (Page.Block block : page.blocks()) {
            boolean exact = PageTruth.isExact(block);
            String truth = PageTruth.of(block);
            assertThat(exact ? block.body() : PageTruth.stable(block.body()))
                    .as("block %s: %s", block.kind(), block.argument())
                    .isEqualTo(exact ? truth : PageTruth.stable(truth));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOutputStandsInABlock(Page page) {
        assertThat(page.code("console"))
                .as("what a command prints, outside of a block")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        assertThat(page.links())
                .allSatisfy(link -> assertThat(PageTruth.exists(page, link))
                        .as("%s in %s", link, page)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsExist(Page page) {
        Map<String, CommandLine> commands = Main.commands().getSubcommands();
        for (MatchResult found : OF_THE_JAR.matcher(page.text()).results().toList()) {
            String word = found.group(1).replaceAll("[:,.;]$", "");
            if (commands.containsKey(word)) {
                optionsExist(commands.get(word), found.group(2));
            } else if (!word.matches("-.*|jmh|COMMAND|…")) {
                assertThat(benchmarks())
                        .as("%s is a command or matches a benchmark", word)
                        .containsPattern(word);
            }
        }
        for (MatchResult found : SPAN.matcher(page.text()).results().toList()) {
            if (commands.containsKey(found.group(1))) {
                optionsExist(commands.get(found.group(1)), found.group(2));
            }
        }
        assertThat(SCRIPT.matcher(page.text()).results().map(found -> found.group(1)))
                .allSatisfy(script ->
                        assertThat(Page.ROOT.resolve("scripts").resolve(script)).exists());
    }

    private static void optionsExist(CommandLine command, String words) {
        boolean isAlsoJmhs = command.getCommandName().equals("bench") && words.startsWith(" ab ");
        assertThat(OPTION.matcher(words)
                        .results()
                        .map(MatchResult::group)
                        .filter(option -> !isAlsoJmhs || option.startsWith("--")))
                .as("options of %s in: %s", command.getCommandName(), words)
                .allSatisfy(option -> assertThat(options(command)).contains(option));
    }

    /** The options of a command and of the words behind it. */
    private static Set<String> options(CommandLine command) {
        Set<String> options =
                new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
        command.getSubcommands().values().forEach(word -> options.addAll(options(word)));
        return options;
    }

    private static String benchmarks() {
        return String.join("\n", FirstWord.benchmarks());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void classesCompile(Page page, @TempDir Path folder) throws IOException {
        for (String code : page.code("java")) {
            Matcher name = NAME_OF_CLASS.matcher(code);
            assertThat(name.find())
                    .as("a whole class, with its imports: %s", code)
                    .isTrue();
            Path source = folder.resolve(name.group(1) + ".java");
            Files.writeString(source, code);
            Examples.compile(folder, List.of(source));
        }
    }

    @Test
    void everyCommandAndEveryOptionIsExplained() throws IOException {
        String page = Page.of(Page.ROOT.resolve("docs/commands.md")).text();
        Main.commands().getSubcommands().forEach((name, command) -> {
            String rows = page.lines()
                    .filter(line -> line.startsWith("| `" + name + " "))
                    .collect(Collectors.joining());
            assertThat(rows).as("the rows of %s", name).isNotEmpty();
            assertThat(shown(command))
                    .as("the options of %s", name)
                    .allSatisfy(option -> assertThat(option.names())
                            .anyMatch(each -> Pattern.compile("(?<![\\w-])" + each + "(?![\\w-])")
                                    .matcher(rows)
                                    .find()));
        });
    }

    /** The options that the help of a command shows, and those of the words behind it. */
    private static List<OptionSpec> shown(CommandLine command) {
        return Stream.concat(
                        command.getCommandSpec().options().stream()
                                .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp()),
                        command.getSubcommands().values().stream().flatMap(word -> shown(word).stream()))
                .toList();
    }

    @Test
    void numbersAreThoseOfTheCatalogue() throws IOException {
        String scenarios = Catalogue.load().ids().size() + " scenarios";
        assertThat(Page.of(Page.ROOT.resolve("README.md")).text()).contains(scenarios);
        assertThat(Page.of(Page.ROOT.resolve("docs/catalogue.md")).text())
                .contains(scenarios, Catalogue.load().all().size() + " forms");
    }

    @Test
    void readmeIsShort() throws IOException {
        List<String> lines =
                Page.of(Page.ROOT.resolve("README.md")).text().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(lines.stream().filter(line -> !line.startsWith("|")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LONGEST_LINE));
    }
}
