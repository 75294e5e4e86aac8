package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.leaklab.bench.Words;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Detector;
import org.leaklab.lab.PatternTable;
import org.leaklab.pages.lessons.Message;
import org.leaklab.pages.report.ReportPage;
import org.leaklab.results.DetectorVerdict;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the blocks of a {@link Page} should say, by their kind. */
final class PageTruth {

    private static final List<String> VERDICTS = List.of("caught", "suspect", "false alarm", "missed", "cannot see");

    private static final int LONGEST_LINE = 145;

    private PageTruth() {}

    static String of(Page.Block block) throws Exception {
        String argument = block.argument();
        return switch (block.kind()) {
            case "run" -> console("java -jar bench/target/benchmarks.jar " + argument, run(argument));
            case "short" ->
                console(
                        "java -jar bench/target/benchmarks.jar " + argument,
                        shortened(run(argument).replaceFirst("\n\\d+ cells? on .*\n", "")));
            case "detect" -> detect(argument);
            case "live" -> live(block);
            case "exercise" -> ExerciseSession.of(argument);
            case "test" -> "```\n" + shortened(Examples.test(argument)) + "```\n";
            case "service" ->
                console(
                        "curl 'http://127.0.0.1:6060/debug/pprof/" + argument + "'",
                        shortened(Examples.service(argument)));
            case "source" -> "```java\n" + source(argument) + "```\n";
            case "families" -> families();
            case "apart" -> apart();
            case "reports" -> reports();
            case "patterns" -> patterns();
            case "messages" -> messages();
            case "detectors" -> detectors(argument);
            case "unreported" -> unreported(argument);
            case "findings" -> findings(argument.split(" "));
            case "report" -> report(argument);
            default -> throw new IllegalArgumentException("unknown block " + block.kind());
        };
    }

    /** Whether a block has to be true to the letter: what is made of committed results is the same each time. */
    static boolean isExact(Page.Block block) {
        return block.kind().matches("findings|report") || block.argument().startsWith("compare results/");
    }

    /** Leaves out what differs from run to run: stacks and numbers, and with them the width of columns. */
    static String stable(String text) {
        return text.lines()
                .filter(line -> !line.matches("(#\t| +)(at .*|…|\\.\\.\\..*|(java|jdk|sun|org\\.leaklab\\.core)\\..*)"))
                .map(line -> line.replaceAll("[0-9]+", "N")
                        .replaceAll("(N,)+N", "N")
                        .replaceAll("JDK N[^:,]*", "JDK N")
                        .replaceAll("price-(north|south|west)(, price-(north|south|west))*", "price-shop")
                        .replaceAll("N(\\.N)? (MB|kB|bytes)", "N B")
                        .replaceAll("for up to .*", "for up to N s")
                        .replaceAll("with(out| random) delays", "with delays")
                        .replaceAll("N let go in .*", "N let go in N ms")
                        .replaceAll(" +", " "))
                .collect(Collectors.joining("\n"));
    }

    private static String console(String command, String output) {
        return "```console\n$ " + command + "\n" + output + "```\n";
    }

    /** A command that is expected to go well; paths are those of the repository's root. */
    private static String run(String arguments) {
        String[] words = Arrays.stream(arguments.split(" "))
                .map(word ->
                        word.startsWith("results/") ? Page.ROOT.resolve(word).toString() : word)
                .toArray(String[]::new);
        return output(0, words);
    }

    static String output(int status, String... words) {
        StringWriter out = new StringWriter();
        CommandLine commands = Main.commands();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(out));
        assertThat(commands.execute(words)).as("%s", out).isEqualTo(status);
        return out.toString();
    }

    /**
     * What detect says of the program Checkout: whole, or short, with its first group and its last line. Or what it
     * says of the circle in the program that the block names. Live is short too, without a dump.
     */
    private static String detect(String form) throws Exception {
        boolean isProgram = Character.isUpperCase(form.charAt(0));
        boolean live = form.equals("live");
        String whole = Examples.detect(isProgram ? form : "Checkout", live ? List.of("--live") : List.of());
        String pid = pid(whole);
        if (isProgram) {
            return console(
                    "java -jar bench/target/benchmarks.jar detect " + pid,
                    "…\n" + section(whole, whole.contains("CIRCLE") ? "CIRCLE" : "SUSPECTS"));
        }
        return console(
                "java -jar bench/target/benchmarks.jar detect " + pid + (live ? " --live" : ""),
                form.equals("whole") ? whole : shortened(firstAndLast(whole)));
    }

    private static String firstAndLast(String said) {
        return said.replaceFirst("(?s)\n\n.*\n\n", "\n…\n");
    }

    private static String pid(String said) {
        return said.replaceFirst("(?s)detect: process (\\d+).*", "$1");
    }

    /**
     * What detect --live says of the program that the block names on JDK 21. Where the environment names no JDK 21, the
     * block stays as it is.
     */
    private static String live(Page.Block block) throws Exception {
        String home = System.getenv("JAVA21_HOME");
        if (home == null) {
            return block.body();
        }
        String whole = Examples.live(Path.of(home), block.argument());
        return console("java -jar bench/target/benchmarks.jar detect " + pid(whole) + " --live", firstAndLast(whole));
    }

    /** What a folder of results says of some topics, a point each. */
    private static String findings(String... folderAndTopics) {
        Map<String, String> findings = ReportPage.findings(List.of(Page.ROOT.resolve(folderAndTopics[0])));
        return Arrays.stream(folderAndTopics)
                .skip(1)
                .map(topic -> wrapped("- " + findings.get(topic)))
                .collect(Collectors.joining());
    }

    private static String report(String folder) {
        return ReportPage.markdown(List.of(Page.ROOT.resolve(folder))).stream()
                .map(line -> line.startsWith("|") ? line + "\n" : wrapped(line))
                .collect(Collectors.joining());
    }

    /** A point of a list on lines of a page, the second and the following ones indented. */
    private static String wrapped(String point) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : point.split(" ")) {
            if (line.length() + 1 + word.length() > LONGEST_LINE) {
                lines.append(line).append('\n');
                line = new StringBuilder("  ");
            }
            line.append(line.toString().isBlank() ? "" : " ").append(word);
        }
        return lines.append(line).append('\n').toString();
    }

    private static String section(String whole, String word) {
        String rest = whole.substring(whole.indexOf(word));
        String end = word.equals("CIRCLE") ? "\n\n" : "\n\nWAITING";
        return shortened(rest.substring(0, rest.indexOf(end)) + "\n…\n" + rest.substring(rest.lastIndexOf("\n\n") + 2));
    }

    /** The same with places of the JDK, the core and lambdas left out, in stacks and in ways to a thread. */
    static String shortened(String text) {
        StringBuilder kept = new StringBuilder();
        boolean left = false;
        for (String line : text.lines().toList()) {
            String indent = line.replaceFirst("^(#\t| *).*", "$1");
            String place = line.substring(indent.length()).replaceFirst("^at |^static ", "");
            if (!indent.isEmpty() && place.matches("(java|jdk|sun|org\\.leaklab\\.core)[./].*|.*\\$\\$Lambda.*")) {
                kept.append(left ? "" : indent + "…\n");
                left = true;
            } else {
                kept.append(line).append('\n');
                left = false;
            }
        }
        return kept.toString();
    }

    /** A source of the repository; of a scenario without its imports. */
    private static String source(String file) throws IOException {
        String source = Files.readString(Page.ROOT.resolve(file));
        boolean whole = file.startsWith("docs/") || file.contains("/example/");
        return whole ? source : source.substring(source.indexOf("/**"));
    }

    private static String families() {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Scenario scenario : Catalogue.load().all()) {
            Leak leak = scenario.leak();
            List<String> family = ids.computeIfAbsent(leak.family().word(), added -> new ArrayList<>());
            String id = "`" + leak.id() + "`";
            if (!family.contains(id)) {
                family.add(id);
            }
        }
        return "| Family | Scenarios |\n| --- | --- |\n"
                + ids.entrySet().stream()
                        .map(family -> "| " + family.getKey() + " | " + String.join(", ", family.getValue()) + " |\n")
                        .collect(Collectors.joining());
    }

    /** Scenarios without a form in the JDK's idiom, and those that look like another one. */
    private static String apart() {
        StringBuilder table = new StringBuilder("| Scenario | |\n| --- | --- |\n");
        for (Scenario scenario : Catalogue.load().all()) {
            Leak leak = scenario.leak();
            if (!leak.noJdkForm().isEmpty()) {
                table.append("| `" + leak.id() + "` | only in the idiom `channel`: " + leak.noJdkForm() + " |\n");
            }
        }
        Catalogue.load().all().stream()
                .map(Scenario::leak)
                .filter(leak -> !leak.unlike().isEmpty())
                .map(leak -> "| `" + leak.id() + "` | unlike " + leak.unlike() + " |\n")
                .distinct()
                .forEach(table::append);
        return table.toString();
    }

    private static String reports() {
        StringBuilder table = new StringBuilder("| Scenario | Met in |\n| --- | --- |\n");
        for (String id : Catalogue.load().ids()) {
            String met = Catalogue.load().idioms(id).stream()
                    .flatMap(scenario -> Arrays.stream(scenario.leak().seenIn()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!met.isEmpty()) {
                table.append("| `" + id + "` | " + met + " |\n");
            }
        }
        return table.toString();
    }

    private static String patterns() throws InterruptedException {
        List<PatternsCommand.Row> rows = PatternTable.run(ThreadKind.VIRTUAL).stream()
                .map(properties -> new PatternsCommand.Row("virtual", properties))
                .toList();
        return String.join("\n", PatternsCommand.table(rows).markdown()) + "\n";
    }

    private static String messages() {
        return "| From | Message | What has happened | Scenarios |\n| --- | --- | --- | --- |\n"
                + Message.ALL.stream()
                        .map(message -> "| " + message.who() + " | `" + message.text() + "` | " + message.meaning()
                                + " | `" + String.join("`, `", message.scenarios()) + "` |\n")
                        .collect(Collectors.joining());
    }

    /** How often each detector gave which verdict, as a committed result says; false alarms of both forms. */
    private static String detectors(String file) throws IOException {
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        JsonNode rows = JsonMapper.shared().readTree(Files.readString(Page.ROOT.resolve(file)));
        for (JsonNode row : rows) {
            counts.computeIfAbsent(row.get("detector").asString(), detector -> new TreeMap<>())
                    .merge(row.get("verdict").asString(), 1, Integer::sum);
        }
        StringBuilder table = new StringBuilder(
                "| Detector | Caught | Suspect | False alarms | Missed | Says that it cannot see them |\n");
        table.append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
        counts.forEach((detector, verdicts) -> table.append("| ")
                .append(detector)
                .append(VERDICTS.stream()
                        .map(verdict -> " | " + verdicts.getOrDefault(verdict, 0))
                        .collect(Collectors.joining()))
                .append(" |\n"));
        return table.toString();
    }

    /** The leaks that no detector of leaklab that judges reports, as a committed result says, and why. */
    private static String unreported(String file) throws IOException {
        Map<String, Set<String>> left = new LinkedHashMap<>();
        List<DetectorVerdict> verdicts = DetectorVerdict.read(Page.ROOT.resolve(file));
        for (DetectorVerdict verdict : verdicts) {
            if (verdict.stuck() > 0) {
                left.computeIfAbsent(name(verdict), added -> new LinkedHashSet<>())
                        .add(verdict.threads());
            }
        }
        for (DetectorVerdict verdict : verdicts) {
            Detector detector = Words.constant(Detector.class, verdict.detector());
            boolean reported =
                    verdict.verdict().startsWith("caught") || verdict.verdict().equals("suspect");
            if (reported && detector.judges() && !detector.isOfTheJdk()) {
                left.getOrDefault(name(verdict), Set.of()).remove(verdict.threads());
            }
        }
        StringBuilder table =
                new StringBuilder("| Scenario | Threads | Why, and whether anybody could |\n| --- | --- | --- |\n");
        left.forEach((name, threads) -> {
            if (!threads.isEmpty()) {
                table.append("| `" + name + "` | " + String.join(", ", threads) + " | " + why(name) + " |\n");
            }
        });
        return table.toString();
    }

    private static String name(DetectorVerdict verdict) {
        return verdict.scenario() + ("jdk".equals(verdict.idiom()) ? "/jdk" : "");
    }

    private static String why(String name) {
        String[] words = name.split("/", 2);
        return Catalogue.load()
                .get(words[0], words.length == 1 ? Idiom.CHANNEL : Idiom.JDK)
                .leak()
                .notReported();
    }

    /** Whether a page names a file that is there. */
    static boolean exists(Page page, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path file = path.isEmpty() ? page.file() : page.file().resolveSibling(path);
        if (!Files.exists(file)) {
            return false;
        }
        return hash < 0 || Page.of(file).anchors().contains(link.substring(hash + 1));
    }
}
