package org.leaklab.agent.probe;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * What the attaching process asks for.
 *
 * @param who who attached, for the log
 * @param reason why, for the log; may be empty
 * @param fast whether one collection is enough: then nothing is certain
 * @param limit how long the probe waits for finalizers
 * @param maxPause a probe is refused if one collection is expected to take longer
 * @param reap how many certain finds are interrupted, at most
 * @param failure for tests of this probe: where it fails, only in a JVM started for that
 */
record Options(String who, String reason, boolean fast, Duration limit, Duration maxPause, int reap, String failure) {

    private static final int LONGEST = 200;

    static Options read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new Options(
                oneLine(properties.getProperty("who", "?")),
                oneLine(properties.getProperty("reason", "")),
                Boolean.parseBoolean(properties.getProperty("fast")),
                Duration.ofMillis(Long.parseLong(properties.getProperty("limit", "10000"))),
                Duration.ofMillis(Long.parseLong(properties.getProperty("maxPause", "86400000"))),
                Integer.parseInt(properties.getProperty("reap", "0")),
                Boolean.getBoolean("leaklab.live.failures") ? properties.getProperty("failure", "") : "");
    }

    /** For a log: nothing in it begins a new line. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> line.appendCodePoint(isPlain(point) ? point : '?'));
        return line.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
