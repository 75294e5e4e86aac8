package org.leaklab.junit.suite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.leaklab.core.text.Printable;

/**
 * What the user has set. A system property wins over {@code junit-platform.properties}.
 *
 * @param mode whether threads are reported, or fail the suite too
 * @param attach whether an agent may be loaded where the JVM does not show its virtual threads
 * @param known the file of known leaks, or null
 * @param writeKnown the file to write known leaks to, or null
 * @param report the file to write JSON to, or null; {@code %p} in its name stands for the id of this process
 * @param ignored the threads that do not count
 * @param patienceMillis how long threads have to end after the last test
 * @param lateEntries whether tests that have ended take report entries
 */
record SuiteSettings(
        Mode mode,
        boolean attach,
        @Nullable Path known,
        @Nullable Path writeKnown,
        @Nullable Path report,
        Ignored ignored,
        long patienceMillis,
        boolean lateEntries) {

    static final String VERIFY = "leaklab.verify";
    static final String ATTACH = "leaklab.attach";
    static final String KNOWN = "leaklab.known";
    static final String WRITE_KNOWN = "leaklab.writeKnown";
    static final String REPORT = "leaklab.report";
    static final String IGNORE = "leaklab.ignoreNames";
    static final String IGNORE_TOP = "leaklab.ignoreTop";
    static final String IGNORE_ANY = "leaklab.ignoreAny";
    static final String PATIENCE = "leaklab.patienceMillis";

    static final List<String> KEYS =
            List.of(VERIFY, ATTACH, KNOWN, WRITE_KNOWN, REPORT, IGNORE, IGNORE_TOP, IGNORE_ANY, PATIENCE);

    private static final long DEFAULT_PATIENCE = 300;

    /**
     * With the one, JUnit has forgotten tests that have ended. With the other, it writes their entries without them.
     */
    private static final List<String> LATE_ENTRIES_ARE_LOST =
            List.of("junit.platform.execution.memory.cleanup.enabled", "junit.platform.reporting.open.xml.enabled");

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
    static SuiteSettings of(ConfigurationParameters parameters) {
        String word = value(VERIFY, parameters);
        Mode mode = switch (word == null ? "off" : word) {
            case "off" -> Mode.OFF;
            case "report" -> Mode.REPORT;
            case "fail" -> Mode.FAIL;
            default -> throw bad(VERIFY, word, "off, report or fail");
        };
        if (mode == Mode.OFF) {
            return new SuiteSettings(mode, false, null, null, null, Ignored.NONE, 0, false);
        }
        String attach = value(ATTACH, parameters);
        if (attach != null && !attach.equals("true") && !attach.equals("false")) {
            throw bad(ATTACH, attach, "true or false");
        }
        return new SuiteSettings(
                mode,
                !"false".equals(attach),
                path(KNOWN, parameters),
                path(WRITE_KNOWN, parameters),
                path(REPORT, parameters),
                new Ignored(list(IGNORE, parameters), list(IGNORE_TOP, parameters), list(IGNORE_ANY, parameters)),
                millis(PATIENCE, parameters),
                LATE_ENTRIES_ARE_LOST.stream()
                        .noneMatch(key -> parameters.getBoolean(key).orElse(false)));
    }

    /** Where {@link #of} throws: what is needed to say so, in the report too if its file is understood. */
    static SuiteSettings ofFailure(ConfigurationParameters parameters) {
        Path report;
        try {
            report = path(REPORT, parameters);
        } catch (IllegalArgumentException e) {
            report = null;
        }
        return new SuiteSettings(Mode.FAIL, false, null, null, report, Ignored.NONE, 0, false);
    }

    /** The value of a setting, or null if it has none. A blank one is none: builds set empty properties. */
    private static @Nullable String value(String key, ConfigurationParameters parameters) {
        String property = System.getProperty(key);
        String value =
                property == null || property.isBlank() ? parameters.get(key).orElse(null) : property;
        if (property != null && value != null && value.isBlank()) { // JUnit takes the blank property for the value
            value = ofFile(key);
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** What {@code junit-platform.properties} says. A file that cannot be read is for JUnit to complain of. */
    private static @Nullable String ofFile(String key) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Properties file = new Properties();
        try (InputStream in = loader == null
                ? ClassLoader.getSystemResourceAsStream(ConfigurationParameters.CONFIG_FILE_NAME)
                : loader.getResourceAsStream(ConfigurationParameters.CONFIG_FILE_NAME)) {
            if (in != null) {
                file.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
        return file.getProperty(key);
    }

    /** What stands between commas. */
    private static List<String> list(String key, ConfigurationParameters parameters) {
        String value = value(key, parameters);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
    }

    private static long millis(String key, ConfigurationParameters parameters) {
        String value = value(key, parameters);
        if (value == null) {
            return DEFAULT_PATIENCE;
        }
        long millis;
        try {
            millis = Long.parseLong(value);
        } catch (NumberFormatException e) {
            millis = -1;
        }
        if (millis < 0) {
            throw bad(key, value, "a number of milliseconds");
        }
        return millis;
    }

    private static @Nullable Path path(String key, ConfigurationParameters parameters) {
        String value = value(key, parameters);
        if (value == null) {
            return null;
        }
        boolean hasPid = key.equals(REPORT); // each JVM needs a file of its own
        String name = hasPid
                ? value.replace("%p", Long.toString(ProcessHandle.current().pid()))
                : value;
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw bad(key, value, "the path of a file");
        }
    }

    private static IllegalArgumentException bad(String key, @Nullable String value, String wanted) {
        return new IllegalArgumentException(
                key + "=" + Printable.of(String.valueOf(value)) + " is not understood: use " + wanted);
    }
}
