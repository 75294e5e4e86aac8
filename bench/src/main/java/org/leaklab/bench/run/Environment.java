package org.leaklab.bench.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.leaklab.results.Commit;
import tools.jackson.core.JacksonException;

/**
 * Where and how rows were measured: enough to do it again, and nothing of folders, hosts or users.
 *
 * @param release feature release of the JDK
 * @param jdk its full version
 * @param vendor of the JDK
 * @param collectors of the JVM that starts the forks; a benchmark may choose another one
 * @param collectorMode the short name of that collector with its mode, as {@code ZGC, generational}; "unknown" in
 *     records of older versions
 * @param flags of that JVM, which the forks inherit
 * @param cpu its model, "unknown" where the system does not tell
 * @param memoryBytes of the machine, or of the container
 * @param kernel version of the operating system
 * @param started when the first fork of these rows began, in UTC to the second; "unknown" in records of older versions
 * @param ended when the last fork had ended
 * @param jarVersion of leaklab
 * @param commit of leaklab's source that the jar was built from, in full; "unknown" where it was built outside git
 * @param changed whether files differed from that commit
 * @param shard which part of the rows, 1/1 for all
 * @param rows how many
 */
public record Environment(
        int release,
        String jdk,
        String vendor,
        String jvm,
        String collectors,
        String collectorMode,
        List<String> flags,
        String cpu,
        String architecture,
        int processors,
        long memoryBytes,
        String os,
        String kernel,
        String started,
        @JsonAlias("date") String ended, // as older versions call it
        String jarVersion,
        String commit,
        boolean changed,
        String group,
        String preset,
        String shard,
        List<Part> parts,
        int rows) {

    static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";
    private static final String CPU = "CPU";
    private static final String PROCESSORS = "number of processors";

    public Environment { // Jackson passes null for what an older version did not record
        collectorMode = Objects.requireNonNullElse(collectorMode, UNKNOWN);
        started = Objects.requireNonNullElse(started, UNKNOWN);
        commit = Objects.requireNonNullElse(commit, UNKNOWN);
        flags = List.copyOf(flags);
        parts = List.copyOf(parts);
    }

    /** Of a plan that this JVM begins to carry out now. */
    public static Environment of(Plan plan) {
        List<String> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .toList();
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        BuiltFrom source = BuiltFrom.thisJar();
        return new Environment(
                Runtime.version().feature(),
                Runtime.version().toString(),
                property("java.vendor"),
                property("java.vm.name"),
                String.join(", ", collectors),
                CollectorMode.of(collectors),
                PublishableOptions.of(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                cpu(CPUS),
                property("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                property("os.name"),
                property("os.version"),
                now,
                now,
                Objects.requireNonNullElse(Environment.class.getPackage().getImplementationVersion(), "(not packaged)"),
                source.commit(),
                source.changed(),
                plan.group(),
                plan.preset(),
                plan.shard().toString(),
                plan.parts(),
                plan.rows().size());
    }

    /** The same of a run that began when another record was made, and ends now. */
    Environment since(Environment begun) {
        return new Environment(
                release,
                jdk,
                vendor,
                jvm,
                collectors,
                collectorMode,
                flags,
                cpu,
                architecture,
                processors,
                memoryBytes,
                os,
                kernel,
                begun.started,
                ended,
                jarVersion,
                commit,
                changed,
                group,
                preset,
                shard,
                parts,
                rows);
    }

    /** What these rows were measured with. */
    public Commit measuredWith() {
        return commit.equals(UNKNOWN) ? Commit.UNKNOWN : new Commit(commit, changed);
    }

    /**
     * Reads the record that stands beside results.
     *
     * @throws IllegalArgumentException if that is not what the file holds; the message says so in a sentence
     */
    public static Environment read(Path file) {
        try {
            return ResultFiles.MAPPER.readValue(file.toFile(), Environment.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\", line " + e.getLocation().getLineNr()
                            + ": is not what bench writes beside results",
                    e);
        }
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }

    static String cpu(Path description) {
        try (Stream<String> lines = Files.lines(description, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    /** What results have in common that answer the same question, besides what they were built from. */
    private Map<String, Object> question() {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("version of the jar", jarVersion);
        question.put("version of the JDK", jdk);
        question.put("vendor", vendor);
        question.put(CPU, cpu);
        question.put(PROCESSORS, processors);
        question.put("flags", flags);
        question.put("group", group);
        question.put("preset", preset);
        question.put("shard", shard);
        question.put("way of measuring", parts);
        question.put("number of rows", rows);
        return question;
    }

    /** What results have in common besides, when they may stand in one file. */
    private Map<String, Object> machine() {
        Map<String, Object> machine = source();
        machine.put("JVM", jvm);
        machine.put("collector", collectors);
        machine.put("architecture", architecture);
        machine.put("operating system", os);
        return machine;
    }

    /** What the jar was built from. */
    private Map<String, Object> source() {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("commit", commit);
        source.put("state of the files", changed);
        return source;
    }

    /** Whether results of the one need not be measured again for the other. */
    boolean asksTheSameAs(Environment other) {
        return differencesOfQuestionFrom(other).isEmpty();
    }

    /**
     * In words why results of the one have to be measured again for the other; empty when they need not be. A jar that
     * was built outside git does not say what it was built from, so then that is not asked.
     */
    List<String> differencesOfQuestionFrom(Environment other) {
        Map<String, Object> here = question();
        Map<String, Object> there = other.question();
        if (!commit.equals(UNKNOWN) && !other.commit.equals(UNKNOWN)) {
            here.putAll(source());
            there.putAll(other.source());
        }
        return differences(here, there);
    }

    /** In words what keeps rows of the one from standing in a file with rows of the other; empty when nothing does. */
    List<String> differencesFrom(Environment other) {
        Map<String, Object> here = question();
        here.putAll(machine());
        Map<String, Object> there = other.question();
        there.putAll(other.machine());
        return differences(here, there);
    }

    /** In words what keeps the two from being shards of one run; they may have been on different machines. */
    List<String> differencesOfRunFrom(Environment other) {
        return differences(run(), other.run());
    }

    private Map<String, Object> run() {
        Map<String, Object> run = question();
        List.of("shard", "number of rows", CPU, PROCESSORS).forEach(run::remove);
        run.putAll(source());
        return run;
    }

    private static List<String> differences(Map<String, Object> here, Map<String, Object> there) {
        return here.keySet().stream()
                .filter(what -> !Objects.equals(here.get(what), there.get(what)))
                .toList();
    }
}
