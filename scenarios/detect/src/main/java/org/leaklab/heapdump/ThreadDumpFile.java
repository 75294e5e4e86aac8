package org.leaklab.heapdump;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.HeapDump.BrokenDumpException;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.ThreadPrint;
import org.leaklab.heapdump.locks.JsonReader;
import org.leaklab.heapdump.locks.PrintReader;
import org.leaklab.heapdump.locks.SeenThreads;

/**
 * Finds threads that can never go on in a thread dump: a file without a heap, which the JVM writes within milliseconds.
 * It is a thread print ({@code jcmd PID Thread.print -l}, {@code jstack -l PID}, or what a JVM prints after {@code kill
 * -3}, with other lines around it), or JSON ({@code jcmd PID Thread.dump_to_file -format=json FILE}), of JDK 21 or
 * later.
 *
 * <p>A thread print shows platform threads, all at one moment. A circle in it is proof. JSON shows virtual threads too,
 * but the JVM runs on while it writes them. A circle in it is a suspicion. JSON of JDK 21 to 24 shows stacks only, and
 * allows no verdict.
 *
 * <p>Safe for use by several threads.
 */
public final class ThreadDumpFile {

    private static final long MOST_BYTES = 512L << 20;
    private static final String HEAD = "Full thread dump";
    private static final String END = "JNI global refs";
    private static final Pattern VERSION =
            Pattern.compile(HEAD + "[^(]*\\((?<version>[0-9][0-9A-Za-z.+-]{0,40})[ ,)].*");

    private static final String STACKS_ONLY = "this thread dump has stacks only: a JDK before 25 does not write in JSON"
            + " what threads wait for, so take a thread print or a heap dump";

    private ThreadDumpFile() {}

    /**
     * Returns whether a file looks like a thread dump: it begins with a brace, or has the head of a thread print
     * somewhere.
     *
     * @throws IOException if the file cannot be read
     */
    public static boolean isOne(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] head = ("\n" + HEAD).getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int first = in.read();
            while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
                first = in.read();
            }
            if (first == '{') {
                return true;
            }
            if (first == 'J' || first == 0x1f) { // a heap dump, or something gzipped
                in.mark(head.length);
                if (first == 0x1f || new String(in.readNBytes(11), StandardCharsets.US_ASCII).equals("AVA PROFILE")) {
                    return false;
                }
                in.reset();
            }
            int matched = first == head[1] ? 2 : 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                matched = next == head[matched] ? matched + 1 : next == '\n' ? 1 : 0;
                if (matched == head.length) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Analyses a file. It needs about ten times the size of the file as memory.
     *
     * @throws BrokenDumpException if the file does not exist, is no thread dump, or is not complete
     * @throws IOException if the file cannot be read
     */
    public static Findings analyse(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new BrokenDumpException(
                        name + " is larger than " + (MOST_BYTES >> 20)
                                + " MB: cut out one thread dump and give it alone",
                        null);
            }
            Instant written = Files.getLastModifiedTime(file).toInstant();
            return startsWithBrace(file) ? ofJson(file, name, written) : ofPrint(file, name, written);
        } catch (NoSuchFileException e) {
            throw new BrokenDumpException("there is no file " + name, e);
        }
    }

    private static boolean startsWithBrace(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int first = in.read();
            while (first >= 0 && Character.isWhitespace(first)) {
                first = in.read();
            }
            return first == '{';
        }
    }

    private static Findings ofJson(Path file, String name, Instant written) throws IOException {
        JsonThreadDump dump;
        try (Reader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            dump = JsonThreadDump.read(in);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenDumpException(name + " cannot be read as a thread dump: " + e.getMessage(), e);
        }
        if (dump.threads().isEmpty()) {
            throw new BrokenDumpException(name + " has no thread in it", null);
        }
        SeenThreads seen = JsonReader.read(dump);
        return new ThreadDumpSummary(seen, instant(dump.at(), written), dump.jdk())
                .findings(dump.hasStates() ? null : STACKS_ONLY);
    }

    private static Instant instant(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    private static Findings ofPrint(Path file, String name, Instant written) throws IOException {
        return ofPrint(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), name, written);
    }

    /**
     * Analyses a thread print that a JVM has given ({@code Thread.print -l}).
     *
     * @param text the whole print
     * @param at when it was given
     * @throws BrokenDumpException if it is none, or not complete
     */
    public static Findings ofPrint(String text, Instant at) throws IOException {
        return ofPrint(text, "the print", at);
    }

    private static Findings ofPrint(String whole, String name, Instant written) throws IOException {
        List<String> texts = prints(whole);
        if (texts.isEmpty()) {
            throw new BrokenDumpException(
                    name + " is no thread dump: it is no JSON, and has no line that begins with \"" + HEAD + "\"",
                    null);
        }
        ThreadPrint print = null;
        for (String text : texts) {
            if (print != null && !print.isWhole()) { // a name can look like a whole print
                throw new BrokenDumpException(
                        name + " has a thread print that begins within another one: give each in a file of its own",
                        null);
            }
            print = ThreadPrint.of(text);
        }
        String last = texts.getLast();
        if (print == null || print.threads().isEmpty()) {
            throw new BrokenDumpException(
                    name + " has no thread that can be read: take it again with jcmd PID Thread.print -l, on JDK 21 or"
                            + " later",
                    null);
        }
        if (!print.isWhole() && !last.contains("\n" + END)) {
            throw new BrokenDumpException(
                    name + " ends within a thread print: only "
                            + print.threads().size() + " of its threads are there; take it again",
                    null);
        }
        SeenThreads seen = PrintReader.read(print, last);
        List<String> notes = new ArrayList<>(seen.notes());
        if (texts.size() > 1) {
            notes.addFirst("This file has " + texts.size() + " thread prints; this is about the last one.");
        }
        Matcher version = VERSION.matcher(last.lines().findFirst().orElse(""));
        return new ThreadDumpSummary(
                        new SeenThreads(seen.threads(), seen.atOneMoment(), List.copyOf(notes)),
                        written,
                        version.matches() ? version.group("version") : null)
                .findings(
                        print.isWhole()
                                ? null
                                : "parts of this thread print cannot be read: "
                                        + print.unread().getFirst());
    }

    /** The texts from each head of a print to the next one. */
    private static List<String> prints(String text) {
        List<String> prints = new ArrayList<>();
        int from = text.startsWith(HEAD) ? 0 : text.indexOf("\n" + HEAD) + 1;
        while (from > 0 || (from == 0 && prints.isEmpty() && text.startsWith(HEAD))) {
            int next = text.indexOf("\n" + HEAD, from);
            prints.add(text.substring(from, next < 0 ? text.length() : next + 1));
            from = next + 1;
        }
        return prints;
    }
}
