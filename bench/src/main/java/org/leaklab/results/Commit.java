package org.leaklab.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of leaklab's source that results were measured with. Figures of two commits differ by what changed in the
 * code, so they are told apart wherever they stand side by side.
 *
 * @param id of the commit, in hexadecimal digits; {@value #NONE} where nobody recorded it
 * @param changed whether files differed from that commit when the jar was built
 */
public record Commit(String id, boolean changed) {

    /** Where the jar was built outside git, or by an older version. */
    public static final Commit UNKNOWN = new Commit(Commit.NONE, false);

    private static final String NONE = "unknown";
    private static final int SHORT = 9;
    private static final String RESULTS = "\\.json(\\.gz)?$";
    private static final String RECORD = ".environment.json";

    /**
     * The commit of a file of results, from the record that {@code bench} wrote beside it; unknown where there is none,
     * or one that says nothing of a commit.
     */
    public static Commit of(Path results) {
        Path record = results.resolveSibling(results.getFileName().toString().replaceFirst(RESULTS, "") + RECORD);
        if (!Files.isRegularFile(record)) {
            return UNKNOWN;
        }
        try {
            JsonNode there = JsonMapper.shared().readTree(record.toFile());
            return there.path("commit").isString()
                    ? new Commit(
                            there.path("commit").asString(),
                            there.path("changed").asBoolean(false))
                    : UNKNOWN;
        } catch (JacksonException e) {
            return UNKNOWN; // the reader of the whole record says what is wrong with it
        }
    }

    /** Whether it is known, and nothing was changed since. */
    public boolean isExact() {
        return !id.equals(NONE) && !changed;
    }

    /** The commit of most; of several with the same number, the one that comes first in the order of their ids. */
    public static Commit ofMost(Collection<Commit> all) {
        return all.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<Commit, Long>comparingByValue()
                        .thenComparing(entry -> entry.getKey().text(), Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(UNKNOWN);
    }

    /** As a reader needs it: {@code a48fada49}, {@code a48fada49 with changes}, or {@value #NONE}. */
    public String text() {
        return id.substring(0, Math.min(SHORT, id.length())) + (changed ? " with changes" : "");
    }
}
