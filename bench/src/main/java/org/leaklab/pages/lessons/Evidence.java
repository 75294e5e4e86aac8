package org.leaklab.pages.lessons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Said;
import org.leaklab.lab.StuckThread;
import org.leaklab.results.DetectorVerdict;
import org.leaklab.results.ResultFile;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.timeline.Timeline;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What runs have shown, by JDK: which threads were stuck, what they did before, what detectors said, what a thread
 * costs.
 *
 * <p>A result is told by what it holds: {@code run --json --stacks}, {@code run --json --steps}, {@code detectors
 * --json}, or JMH's JSON of the memory benchmarks. The JDK of what detectors said is not in the file; it is the name of
 * the folder that it lies in.
 */
public final class Evidence {

    private static final List<String> NAMES = List.of("stuck.json", "detectors.json", "memory.json", "steps.json");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, List<Verdict>> verdicts = new HashMap<>(); // by scenario: there are thousands
    private final List<MemorySeries> memory = new ArrayList<>();
    private final List<Timeline> timelines = new ArrayList<>();

    /**
     * A leaky cell that was run.
     *
     * @param idiom the word for it; null in results older than the idioms, which are all of the core's
     * @param threads the word for their kind
     * @param jdk version of the JDK, as in 25.0.3+9
     */
    public record Seen(
            String scenario,
            @Nullable String idiom,
            String variant,
            String threads,
            String jdk,
            List<StuckThread> stuck) {
        /** Feature release of the JDK. */
        public String release() {
            return jdk.replaceFirst("\\D.*", "");
        }
    }

    /**
     * What a detector made of a cell.
     *
     * @param jdk feature release, or "?"
     */
    public record Verdict(String jdk, DetectorVerdict verdict) {}

    /**
     * Reads files, and the results in folders and in the folders in these.
     *
     * @throws IllegalArgumentException if one cannot be read or is none of the results that are known here
     */
    public void read(List<Path> paths) {
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                List<Path> files = resultsIn(path);
                if (files.isEmpty()) {
                    throw new IllegalArgumentException("\"" + path + "\" holds none of " + String.join(", ", NAMES)
                            + ", nor does a folder in it: name the files themselves, or a folder such as results");
                }
                files.forEach(this::readFile);
            } else {
                readFile(path);
            }
        }
    }

    private static List<Path> resultsIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> NAMES.contains(file.getFileName().toString()) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder \"" + folder + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    private void readFile(Path file) {
        JsonNode first = first(file);
        if (first.has("benchmark")) {
            List<MemorySeries> series = MemorySeries.of(ResultFile.read(file));
            if (series.isEmpty()) {
                throw wrong(file, "holds no result of the memory benchmarks, which are all that lessons take of JMH's");
            }
            memory.addAll(series);
        } else if (first.has("detector")) {
            String folder =
                    String.valueOf(file.toAbsolutePath().normalize().getParent().getFileName());
            String jdk = folder.matches("\\d+") ? folder : "?";
            for (DetectorVerdict verdict : read(file, DetectorVerdict[].class)) {
                add(new Verdict(jdk, verdict));
            }
        } else if (first.has("stuck")) {
            for (Seen cell : read(file, Seen[].class)) {
                if (cell.jdk() == null || cell.stuck() == null || cell.scenario() == null || cell.threads() == null) {
                    throw wrong(file, "has a cell without jdk, scenario, threads or stuck threads");
                }
                if ("leaky".equals(cell.variant())) {
                    seen.add(cell);
                }
            }
        } else if (first.has("steps")) {
            timelines.addAll(List.of(read(file, Timeline[].class)));
        } else {
            throw wrong(
                    file,
                    "is no result that lessons know: they take what \"run all --json --stacks\", \"run all --json"
                            + " --steps\", \"detectors --json\" or the memory benchmarks print");
        }
    }

    private static JsonNode first(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file or folder \"" + file + "\" that can be read");
        }
        try {
            return JSON.readTree(file.toFile()).path(0);
        } catch (JacksonException e) {
            throw notJson(file, e);
        }
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (JacksonException e) {
            throw notJson(file, e);
        }
    }

    private static IllegalArgumentException notJson(Path file, JacksonException e) {
        return new IllegalArgumentException(
                "\"" + file + "\", line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": is not the JSON it should be: "
                        + e.getOriginalMessage().lines().findFirst().orElse(""),
                e);
    }

    private static IllegalArgumentException wrong(Path file, String what) {
        return new IllegalArgumentException("\"" + file + "\" " + what);
    }

    /**
     * Adds what a run just now has shown, and what detectors said of it.
     *
     * @param jdk version of this JDK
     */
    public void add(CellResult result, String jdk) {
        seen.add(new Seen(
                result.cell().scenario().leak().id(),
                result.cell().scenario().leak().idiom().word(),
                result.cell().variant().word(),
                result.cell().threads(),
                jdk,
                result.stuck()));
        for (Said said : result.said()) {
            add(new Verdict(
                    seen.getLast().release(),
                    new DetectorVerdict(
                            result.cell().scenario().leak().id(),
                            result.cell().scenario().leak().idiom().word(),
                            result.cell().variant().word(),
                            result.cell().threads(),
                            result.observedStuck(),
                            said.detector(),
                            said.found(),
                            result.verdictOn(said),
                            said.lines())));
        }
    }

    private void add(Verdict verdict) {
        verdicts.computeIfAbsent(verdict.verdict().scenario(), added -> new ArrayList<>())
                .add(verdict);
    }

    /** Adds what was recorded just now. */
    public void add(Timeline timeline) {
        timelines.add(timeline);
    }

    /** What was recorded of a scenario on the newest JDK; empty if nothing was. */
    public Optional<Timeline> timeline(Leak leak) {
        return timelines.stream()
                .filter(timeline -> is(leak, timeline.scenario(), timeline.idiom()))
                .min(Comparator.comparing(Timeline::jdk, Evidence::newestFirst).thenComparing(Timeline::threads));
    }

    /** Whether no run has shown any stuck threads. */
    public boolean hasNoStacks() {
        return seen.isEmpty();
    }

    /** The runs of a scenario, the newest JDK's first, and of each JDK platform threads first. */
    public List<Seen> seen(Leak leak) {
        return seen.stream()
                .filter(cell -> is(leak, cell.scenario(), cell.idiom()))
                .sorted(Comparator.comparing(Seen::release, Evidence::newestFirst)
                        .thenComparing(Seen::threads)
                        .thenComparing(Seen::jdk))
                .toList();
    }

    /** What a detector said of the leaky form, or null. */
    public @Nullable DetectorVerdict verdict(Leak leak, String threads, String detector, String jdk) {
        return verdicts.getOrDefault(leak.id(), List.of()).stream()
                .filter(verdict -> verdict.jdk().equals(jdk))
                .map(Verdict::verdict)
                .filter(said -> is(leak, said.scenario(), said.idiom())
                        && "leaky".equals(said.variant())
                        && threads.equals(said.threads())
                        && detector.equals(said.detector()))
                .findFirst()
                .orElse(null);
    }

    private static boolean is(Leak leak, String scenario, @Nullable String idiom) {
        return leak.id().equals(scenario)
                && leak.idiom().word().equals(Objects.requireNonNullElse(idiom, Idiom.CHANNEL.word()));
    }

    /** The JDKs on which detectors were run, oldest first. */
    public List<String> detectedOn() {
        TreeSet<String> jdks = new TreeSet<>((a, b) -> newestFirst(b, a));
        verdicts.values().forEach(some -> some.forEach(verdict -> jdks.add(verdict.jdk())));
        return List.copyOf(jdks);
    }

    /** What populations of stuck threads took. */
    public List<MemorySeries> memory() {
        return List.copyOf(memory);
    }

    private static int newestFirst(String a, String b) {
        return Integer.compare(feature(b), feature(a));
    }

    private static int feature(String jdk) {
        String digits = jdk.replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
