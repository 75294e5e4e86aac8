package org.leaklab.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Whose a command line is: the first word decides.
 *
 * <table>
 *   <caption>The rules, in their order</caption>
 *   <tr><td>no word at all</td><td>the first look</td></tr>
 *   <tr><td>a command, {@code --help}, {@code --version}</td><td>leaklab's</td></tr>
 *   <tr><td>{@code jmh}</td><td>all that follows is JMH's</td></tr>
 *   <tr><td>another option</td><td>JMH's</td></tr>
 *   <tr><td>a pattern that is found in the name of a benchmark</td><td>JMH's, unless it is a mistyped command: see
 *     {@link #isMistyped}</td></tr>
 *   <tr><td>any other word</td><td>nobody's: it is refused, and starts nothing</td></tr>
 * </table>
 */
sealed interface FirstWord {

    /** Gives everything that follows it to JMH. */
    String JMH = "jmh";

    /** No word at all. */
    record None() implements FirstWord {}

    /** A command line of leaklab's. */
    record Ours(List<String> words) implements FirstWord {}

    /** A command line of JMH's. */
    record Jmhs(List<String> words) implements FirstWord {}

    /** A command line of nobody's, and why, in a sentence. */
    record Wrong(String why) implements FirstWord {}

    /**
     * Decides.
     *
     * @param commands leaklab's
     * @param benchmarks their full names, as JMH has them; asked for where they matter
     */
    static FirstWord of(String[] args, Set<String> commands, Supplier<List<String>> benchmarks) {
        List<String> words = List.of(args);
        if (words.isEmpty()) {
            return new None();
        }
        String word = words.getFirst();
        if (commands.contains(word) || word.equals("--help") || word.equals("--version")) {
            return new Ours(words);
        }
        if (word.equals(JMH)) {
            return new Jmhs(words.subList(1, words.size()));
        }
        if (word.startsWith("-")) {
            return new Jmhs(words);
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(word);
        } catch (PatternSyntaxException e) {
            return new Wrong("\"" + word + "\" is no command and no pattern for names of benchmarks: "
                    + e.getDescription() + hint());
        }
        List<String> candidates = new ArrayList<>(commands);
        candidates.add(JMH);
        Optional<String> meant = Nearest.to(word, candidates);
        String suggestion =
                meant.map(command -> ": did you mean " + command + "?").orElse("");
        List<String> names = benchmarks.get();
        if (word.isBlank()
                || names.stream().noneMatch(name -> pattern.matcher(name).find())) {
            return new Wrong("\"" + word + "\" is no command and matches no benchmark" + suggestion + hint());
        }
        if (meant.isPresent() && isMistyped(word, names)) {
            return new Wrong("\"" + word + "\" is no command" + suggestion + " (benchmarks.jar jmh " + word
                    + " runs the benchmarks that it matches)");
        }
        return new Jmhs(words);
    }

    private static String hint() {
        return " (benchmarks.jar --help lists the commands)";
    }

    /**
     * Whether a word that is like a command is a typing error, although a benchmark has it somewhere in its name: "rn"
     * is found in {@code PatternThroughput}, and "detec" in {@code detection}. It is none when it is a whole part of a
     * name, as {@code core}, or more than lower-case letters, as {@code HandOff}.
     */
    private static boolean isMistyped(String word, Collection<String> benchmarks) {
        return word.matches("[a-z-]+")
                && benchmarks.stream()
                        .noneMatch(name -> Arrays.asList(name.split("\\.")).contains(word));
    }

    /** The full names of all benchmarks. */
    static List<String> benchmarks() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .toList();
    }
}
