package org.leaklab.soak;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of very many threads, and where; as {@code million --output} writes it.
 *
 * @param date in UTC, to the second
 * @param runs one a shape
 */
public record MillionReport(
        String jdk,
        String vendor,
        String date,
        int cores,
        long maxHeapBytes,
        String collectors,
        List<Million.Row> runs) {

    /** Of runs in this JVM. */
    public static MillionReport of(List<Million.Row> runs) {
        return new MillionReport(
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")),
                runs);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if that is not what it holds; the message says so in a sentence
     */
    public static MillionReport read(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that can be read");
        }
        try {
            MillionReport report = JsonMapper.shared().readValue(file.toFile(), MillionReport.class);
            if (report.jdk == null || report.runs == null) {
                throw new IllegalArgumentException(
                        "\"" + file + "\" is not what million --output writes: it lacks the JDK, or its runs");
            }
            return report;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\", line " + e.getLocation().getLineNr() + ": is not what million --output writes",
                    e);
        }
    }
}
