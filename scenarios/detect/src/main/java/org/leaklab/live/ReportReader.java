package org.leaklab.live;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.live.LiveReport.Leaked;
import org.leaklab.live.LiveReport.Round;
import org.leaklab.live.LiveReport.SetCounts;

/**
 * Reads the report that the probe has written. The other JVM may have written anything: each line has exactly the words
 * that it must have, or the report is refused.
 */
final class ReportReader {

    private static final long LONGEST = 1L << 30;
    private static final int MOST_FRAMES = 1 << 20;
    private static final int FRAME_WORDS = 7;

    private final BufferedReader in;
    private Instant at = Instant.EPOCH;
    private String jdk = "";
    private int platform;
    private int unread;
    private final List<Round> rounds = new ArrayList<>();
    private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    private final List<Leaked> leaked = new ArrayList<>();
    private final List<UnknownThread> unknown = new ArrayList<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, Long> states = new TreeMap<>();
    private final Map<String, Long> cleared = new TreeMap<>();
    private final Map<Long, LiveReport.Reaped> reaped = new TreeMap<>();

    /** One object for all frames and stacks that are alike. */
    private final Map<Object, Object> alike = new HashMap<>();

    private ReportReader(BufferedReader in) {
        this.in = in;
    }

    /**
     * Reads a file.
     *
     * @throws ProbeRefusedException if the probe has refused
     * @throws IOException if the probe has failed, or the file is no report
     */
    static LiveReport read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException("the report of the probe is longer than " + (LONGEST >> 20) + " MB");
        }
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return new ReportReader(in).read();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the report of the probe cannot be read: " + Printable.of(String.valueOf(e)), e);
        }
    }

    private LiveReport read() throws IOException {
        words("leaklab-live", 2);
        while (true) {
            List<@Nullable String> line = words();
            String first = word(line, 0);
            switch (first) {
                case "jdk" -> jdk = word(line, 1);
                case "at" -> at = Instant.ofEpochMilli(number(line, 1));
                case "refused" -> throw new ProbeRefusedException(Printable.of(word(line, 1)));
                case "busy" -> throw new ProbeRefusedException(Printable.of(word(line, 1)), true);
                case "failed" -> throw new IOException(Printable.of(word(line, 1)));
                case "round" -> rounds.add(round(line));
                case "count" ->
                    counts.computeIfAbsent(word(line, 1), ignored -> new HashMap<>())
                            .put(word(line, 2), number(line, 3));
                case "platform" -> platform = Math.toIntExact(number(line, 1));
                case "unread" -> unread = Math.toIntExact(number(line, 1));
                case "state" -> states.put(word(line, 1), number(line, 2));
                case "reason" -> reasons.put(word(line, 1), number(line, 2));
                case "cleared" -> cleared.put(word(line, 1), number(line, 2));
                case "reaped" -> reaped.put(number(line, 1), LiveReport.Reaped.valueOf(word(line, 2)));
                case "find" -> leaked.add(leaked(line));
                case "unknown" ->
                    unknown.add(new UnknownThread(
                            number(line, 1), word(line, 2), true, word(line, 3), stack(number(line, 4))));
                case "end" -> {
                    return report();
                }
                default -> throw new IllegalArgumentException("a line begins with " + first);
            }
        }
    }

    private LiveReport report() {
        Map<String, SetCounts> sets = new LinkedHashMap<>();
        counts.forEach((kind, each) -> sets.put(
                kind,
                new SetCounts(
                        count(each, "SETS"),
                        count(each, "SEEN"),
                        count(each, "ARMED"),
                        count(each, "KEPT"),
                        count(each, "FOUND"),
                        count(each, "ENDED"),
                        count(each, "OTHER_HANDLER"))));
        return new LiveReport(
                at,
                jdk,
                List.copyOf(rounds),
                Map.copyOf(sets),
                List.copyOf(leaked),
                List.copyOf(unknown),
                Map.copyOf(reasons),
                Map.copyOf(states),
                Map.copyOf(cleared),
                Map.copyOf(reaped),
                platform,
                unread);
    }

    private static long count(Map<String, Long> counts, String what) {
        return counts.getOrDefault(what, 0L);
    }

    private static Round round(List<@Nullable String> line) {
        return new Round(
                Duration.ofNanos(number(line, 1)),
                Duration.ofNanos(number(line, 2)),
                Duration.ofNanos(number(line, 3)),
                Duration.ofNanos(number(line, 4)),
                Math.toIntExact(number(line, 5)),
                Math.toIntExact(number(line, 6)),
                Math.toIntExact(number(line, 7)));
    }

    private Leaked leaked(List<@Nullable String> line) throws IOException {
        return new Leaked(
                number(line, 1),
                word(line, 2),
                word(line, 3),
                line.get(4),
                Math.toIntExact(number(line, 5)),
                word(line, 6).equals("true"),
                word(line, 7).equals("true"),
                stack(number(line, 8)));
    }

    private List<StackTraceElement> stack(long frames) throws IOException {
        if (frames > MOST_FRAMES) {
            throw new IllegalArgumentException("a stack has " + frames + " frames");
        }
        List<StackTraceElement> stack = new ArrayList<>();
        for (long i = 0; i < frames; i++) {
            List<@Nullable String> line = words();
            if (line.size() != FRAME_WORDS) {
                throw new IllegalArgumentException("a frame has " + line.size() + " words");
            }
            stack.add(one(
                    new StackTraceElement( // without loader and module, as in a heap dump
                            word(line, 3), word(line, 4), line.get(5), Integer.parseInt(word(line, 6)))));
        }
        return one(List.copyOf(stack));
    }

    @SuppressWarnings("unchecked") // equal objects of one type
    private <T> T one(T like) {
        return (T) alike.computeIfAbsent(like, ignored -> like);
    }

    private void words(String first, int count) throws IOException {
        List<@Nullable String> line = words();
        if (line.size() != count || !word(line, 0).equals(first)) {
            throw new IllegalArgumentException("it does not begin with " + first);
        }
    }

    private List<@Nullable String> words() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new EOFException("the report of the probe ends before its end");
        }
        List<@Nullable String> words = new ArrayList<>();
        for (String word : line.split("\t", -1)) {
            words.add(unescaped(word));
        }
        return words;
    }

    private static @Nullable String unescaped(String word) {
        if (word.equals("\\0")) {
            return null;
        }
        if (word.indexOf('\\') < 0) {
            return word;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letter != '\\') {
                text.append(letter);
                continue;
            }
            text.append(
                    switch (word.charAt(++i)) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case '\\' -> '\\';
                        default -> throw new IllegalArgumentException("an unknown escape");
                    });
        }
        return text.toString();
    }

    private static String word(List<@Nullable String> line, int index) {
        String word = line.get(index);
        if (word == null) {
            throw new IllegalArgumentException("a word is missing");
        }
        return word;
    }

    private static long number(List<@Nullable String> line, int index) {
        long number = Long.parseLong(word(line, index));
        if (number < 0) {
            throw new IllegalArgumentException("a number is negative");
        }
        return number;
    }
}
