package org.leaklab.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one detector made of one cell, as {@code detectors --json} prints it.
 *
 * @param scenario its id
 * @param idiom {@code channel} or {@code jdk}; null in results older than the idioms, which are all {@code channel}
 * @param variant leaky or fixed
 * @param threads the kind
 * @param stuck how many threads really were
 * @param found how many of them it reported
 * @param verdict {@code caught}, {@code caught 1 of 2}, {@code suspect}, {@code missed}, {@code cannot see},
 *     {@code false alarm} or {@code silent}; {@code ?} where the lab cannot tell how many threads were stuck
 * @param lines what it said
 */
public record DetectorVerdict(
        String scenario,
        @Nullable String idiom,
        String variant,
        String threads,
        int stuck,
        String detector,
        int found,
        String verdict,
        List<String> lines) {

    /**
     * Reads all verdicts of a file.
     *
     * @throws IllegalArgumentException if that is not what it holds; the message says so in a sentence
     */
    public static List<DetectorVerdict> read(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that can be read");
        }
        try {
            List<DetectorVerdict> verdicts =
                    List.of(JsonMapper.shared().readValue(file.toFile(), DetectorVerdict[].class));
            for (DetectorVerdict verdict : verdicts) {
                if (verdict.scenario == null || verdict.detector == null || verdict.verdict == null) {
                    throw new IllegalArgumentException("\"" + file + "\" is not what detectors --json prints: result "
                            + (verdicts.indexOf(verdict) + 1) + " lacks its scenario, detector or verdict");
                }
            }
            return verdicts;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "\"" + file + "\", line " + e.getLocation().getLineNr() + ": is not what detectors --json prints",
                    e);
        }
    }
}
