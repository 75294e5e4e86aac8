package org.leaklab.junit.suite;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;

/**
 * What the user has set. A system property wins over {@code junit-platform.properties}.
 *
 * @param mode whether threads are reported, or fail the suite too
 * @param attach whether an agent may be loaded where the JVM does not show its virtual threads
 * @param known the file of known leaks, or null
 * @param writeKnown the file to write known leaks to, or null
 * @param report the file to write JSON to, or null
 * @param ignoredNames threads whose name begins with one of these do not count
 */
record SuiteSettings(
        Mode mode,
        boolean attach,
        @Nullable Path known,
        @Nullable Path writeKnown,
        @Nullable Path report,
        List<String> ignoredNames) {

    static final String VERIFY = "leaklab.verify";
    static final String ATTACH = "leaklab.attach";
    static final String KNOWN = "leaklab.known";
    static final String WRITE_KNOWN = "leaklab.writeKnown";
    static final String REPORT = "leaklab.report";
    static final String IGNORE = "leaklab.ignoreNames";

    /** What happens with threads that were left behind. */
    enum Mode {
        OFF,
        REPORT,
        FAIL
    }

    /**
     * Reads the settings.
     *
     * @param parameters the configuration parameters of JUnit
     * @throws IllegalArgumentException if one cannot be understood; the message is one sentence
     */
    static SuiteSettings of(Function<String, Optional<String>> parameters) {
        Function<String, @Nullable String> setting = key -> {
            String property = System.getProperty(key);
            String value = property == null ? parameters.apply(key).orElse(null) : property;
            return value == null || value.isBlank() ? null : value.strip();
        };
        String word = setting.apply(VERIFY);
        Mode mode = switch (word == null ? "off" : word) {
            case "off" -> Mode.OFF;
            case "report" -> Mode.REPORT;
            case "fail" -> Mode.FAIL;
            default -> throw bad(VERIFY, word, "off, report or fail");
        };
        if (mode == Mode.OFF) {
            return new SuiteSettings(mode, false, null, null, null, List.of());
        }
        String attach = setting.apply(ATTACH);
        if (attach != null && !attach.equals("true") && !attach.equals("false")) {
            throw bad(ATTACH, attach, "true or false");
        }
        List<String> ignored = new ArrayList<>();
        String names = setting.apply(IGNORE);
        for (String name : names == null ? new String[0] : names.split(",")) {
            if (!name.isBlank()) {
                ignored.add(name.strip());
            }
        }
        return new SuiteSettings(
                mode,
                !"false".equals(attach),
                path(KNOWN, setting),
                path(WRITE_KNOWN, setting),
                path(REPORT, setting),
                List.copyOf(ignored));
    }

    private static @Nullable Path path(String key, Function<String, @Nullable String> setting) {
        String value = setting.apply(key);
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException e) {
            throw bad(key, value, "the path of a file");
        }
    }

    private static IllegalArgumentException bad(String key, @Nullable String value, String wanted) {
        return new IllegalArgumentException(
                key + "=" + Printable.of(String.valueOf(value)) + " is not understood: use " + wanted);
    }
}
