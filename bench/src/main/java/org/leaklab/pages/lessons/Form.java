package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.leaklab.core.text.Printable;
import org.leaklab.lab.Cell;
import org.leaklab.lab.StuckThread;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;

/**
 * All that a page says of a scenario in one idiom.
 *
 * @param leak what its class announces
 * @param code the leaky and the fixed form
 * @param scenes who waited for whom, first on the newest JDK; another one where that was different
 * @param stacks of one stuck thread, one a kind of thread, on the newest JDK
 * @param steps what each thread did until it was stuck; none where that was not recorded
 * @param costs what one more of its threads takes; none where that was not measured
 */
public record Form(
        Leak leak,
        ScenarioSource source,
        SideBySide code,
        List<Symptom> symptoms,
        List<Scene> scenes,
        List<Stack> stacks,
        List<StepTable> steps,
        DetectorTable detectors,
        List<Cost> costs) {

    /**
     * Who waited for whom.
     *
     * @param where which JDKs and kinds of thread this was seen on, in words
     */
    public record Scene(String where, WaitGraph graph, Drawing drawing) {}

    /**
     * The stack of the first stuck thread that has run.
     *
     * @param jdk feature release
     */
    public record Stack(String threads, String jdk, String name, List<Frame> frames) {}

    /**
     * One frame of a stack.
     *
     * @param own whether it is the scenario's
     */
    public record Frame(String text, boolean own) {

        private static final Pattern LINE = Pattern.compile(":(\\d+)\\)");

        /** Its line in the source; 0 if it names none. */
        public int line() {
            Matcher line = LINE.matcher(text);
            return line.find() ? Integer.parseInt(line.group(1)) : 0;
        }
    }

    /** The place on the page where the line of a frame stands; empty if it is another file's. */
    public String anchor(Frame frame) {
        return anchor(frame.own() ? frame.line() : 0);
    }

    /** The place on the page where a line of the source stands; empty if it does not. */
    public String anchor(int line) {
        return line == 0
                ? ""
                : isIn(source.leaky(), line)
                        ? "leaky-" + idiom() + "-" + line
                        : isIn(source.rest(), line) ? "rest-" + idiom() + "-" + line : "";
    }

    private static boolean isIn(Listing listing, int number) {
        return listing.lines().stream().anyMatch(line -> line.number() == number);
    }

    /**
     * Makes the form of a scenario.
     *
     * @throws IllegalArgumentException if its source is not packed with it
     */
    static Form of(Scenario scenario, Evidence evidence) {
        Leak leak = scenario.leak();
        ScenarioSource source = ScenarioSource.of(scenario);
        List<Evidence.Seen> seen = evidence.seen(leak).stream()
                .filter(cell -> !cell.stuck().isEmpty())
                .toList();
        return new Form(
                leak,
                source,
                SideBySide.of(source.leaky(), source.fixed()),
                Symptom.of(leak),
                scenes(seen),
                stacks(seen, scenario.getClass().getSimpleName() + ".java"),
                evidence.timeline(leak).map(StepTable::of).stream().toList(),
                DetectorTable.of(leak, evidence),
                seen.isEmpty() ? List.of() : Cost.of(seen.getFirst().stuck(), evidence));
    }

    /**
     * One for each different graph; the first of equal ones is that of platform threads, of which the JVM knows more.
     */
    private static List<Scene> scenes(List<Evidence.Seen> seen) {
        Map<List<String>, List<Evidence.Seen>> alike = new LinkedHashMap<>();
        for (Evidence.Seen cell : seen) {
            alike.computeIfAbsent(WaitGraph.of(cell.stuck()).shape(), added -> new ArrayList<>())
                    .add(cell);
        }
        List<Scene> scenes = new ArrayList<>();
        for (List<Evidence.Seen> cells : alike.values()) {
            WaitGraph graph = WaitGraph.of(cells.getFirst().stuck());
            scenes.add(new Scene(where(cells), graph, Drawing.of(graph)));
        }
        return scenes;
    }

    private static String where(List<Evidence.Seen> cells) {
        Map<String, List<String>> byKind = cells.stream()
                .collect(Collectors.groupingBy(
                        Evidence.Seen::threads,
                        LinkedHashMap::new,
                        Collectors.mapping(
                                Evidence.Seen::release,
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        releases -> releases.stream()
                                                .distinct()
                                                .sorted(Comparator.comparing(Integer::parseInt))
                                                .toList()))));
        Map<List<String>, List<String>> byReleases = new LinkedHashMap<>();
        byKind.forEach((kind, releases) ->
                byReleases.computeIfAbsent(releases, added -> new ArrayList<>()).add(kind));
        return byReleases.entrySet().stream()
                .map(entry ->
                        String.join(" and ", entry.getValue()) + " threads on JDK " + String.join(", ", entry.getKey()))
                .collect(Collectors.joining("; "));
    }

    private static List<Stack> stacks(List<Evidence.Seen> seen, String file) {
        Map<String, Stack> newest = new LinkedHashMap<>();
        for (Evidence.Seen cell : seen) {
            cell.stuck().stream()
                    .filter(thread -> !thread.stack().isEmpty())
                    .findFirst()
                    .ifPresent(thread -> newest.putIfAbsent(cell.threads(), stack(cell, thread, file)));
        }
        return List.copyOf(newest.values());
    }

    /** @param file where the code of the page stands: a frame of another file has no line on it */
    private static Stack stack(Evidence.Seen cell, StuckThread thread, String file) {
        List<Frame> frames = thread.stack().stream()
                .map(frame ->
                        new Frame(Printable.of(frame), Activity.isScenario(frame) && frame.contains("(" + file + ":")))
                .toList();
        return new Stack(cell.threads(), cell.release(), Printable.of(thread.name()), frames);
    }

    /** The word of its idiom: what links of the page, and the command line, call it. */
    public String idiom() {
        return leak.idiom().word();
    }

    /** What it is written with. */
    public String writtenWith() {
        return switch (leak.idiom()) {
            case CHANNEL -> "With leaklab's core: channels, contexts, mutexes";
            case JDK -> "With the JDK's own classes";
        };
    }

    /** The same in a word or two, for a tab. */
    public String tab() {
        return leak.idiom() == Idiom.JDK ? "JDK classes" : "Channels";
    }

    /** Why it goes wrong, as a sentence. */
    public String cause() {
        String cause = leak.cause();
        return Character.toUpperCase(cause.charAt(0)) + cause.substring(1) + ".";
    }

    /** How many threads are stuck, in words, and where it is another number. */
    public String stuck() {
        StringBuilder words = new StringBuilder(
                switch (leak.stuck()) {
                    case 0 -> "no thread";
                    case 1 -> "1 thread";
                    default -> leak.stuck() + " threads";
                });
        for (Leak.Differs differs : leak.differs()) {
            words.append("; ").append(differs.stuck()).append(" on JDK ").append(differs.from());
            words.append(differs.to() == Integer.MAX_VALUE ? " and later" : " to " + differs.to());
            words.append(": ").append(differs.why());
        }
        return words.toString();
    }

    /** What ends a stuck thread, in words; empty where none is stuck. */
    public String endedBy() {
        if (leak.stuck() == 0) {
            return "";
        }
        return switch (leak.endedBy()) {
            case INTERRUPT -> "an interrupt";
            case CLOSE -> "closing what it waits on, not an interrupt";
            case WORK -> "nothing from outside, not even an interrupt";
            case JVM -> "nothing but the end of its JVM";
        };
    }

    /** What to run to see it. */
    public List<String> commands() {
        String which = leak.id() + " --idiom " + idiom();
        String run = "java -jar bench/target/benchmarks.jar run " + which;
        List<String> commands = new ArrayList<>(List.of(run + " --variant both"));
        if (!Cell.needsOwnJvm(leak) && leak.stuck() > 0) {
            commands.add("java -jar bench/target/benchmarks.jar watch " + which);
        }
        if (leak.stuck() > 0) {
            commands.add(run + " --threads virtual --detector all");
        }
        return commands;
    }
}
