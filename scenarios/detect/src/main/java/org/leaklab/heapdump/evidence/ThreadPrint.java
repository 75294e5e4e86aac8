package org.leaklab.heapdump.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code jcmd PID Thread.print -l -e}, or of {@code jstack -l -e}, of JDK 21 and later. Without the options
 * it is read too: then owned synchronizers and some figures are missing.
 *
 * <p>The name of a thread may have line feeds and quotes in it, and so look like other threads. Before the threads
 * stands a list of the addresses of all of them. What is no thread of this list is text in a name. A thread of the list
 * of which there seem to be two is not read: one of them is text in a name, and nothing tells which one.
 *
 * @param threads the threads, in the order of the print; each identifier stands there once
 * @param unread one sentence for each part that is not read; a thread that is in none of both lists may exist
 * @param isWhole whether every thread of the JVM's list is among the threads
 * @param said the owners that the JVM names where it says that it found a deadlock
 */
public record ThreadPrint(List<PrintedThread> threads, List<String> unread, boolean isWhole, SaidOwners said) {

    private static final String LIST = "_java_thread_list=";
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{1,16}");
    private static final Pattern HEADER = Pattern.compile(
            "(?<name>.*)\" #(?<id>\\d{1,18})(?: \\[\\d{1,18}\\])?(?<daemon> daemon)?(?: prio=\\d+)?(?: os_prio=-?\\d+)?"
                    + "(?: cpu=(?<cpu>[0-9.]{1,20})ms)?(?: elapsed=[0-9.]+s)?(?: allocated=\\w+)?(?: defined_classes=\\d+)?"
                    + " tid=(?<tid>0x[0-9a-f]{1,16})(?: nid=\\w+ (?<word>[A-Za-z. ()]{0,80}?))?\\s*(?:\\[0x[0-9a-f]+\\]\\s*)?",
            Pattern.DOTALL);

    /** Returns the thread with an identifier, or null. */
    public @Nullable PrintedThread thread(long id) {
        for (PrintedThread thread : threads) {
            if (thread.id() == id) {
                return thread;
            }
        }
        return null;
    }

    /**
     * Reads a thread print.
     *
     * @throws IOException if the text is no thread print; the message is one sentence
     */
    public static ThreadPrint of(String text) throws IOException {
        List<String> lines = List.of(text.split(text.contains("\r\nThreads class SMR info:") ? "\r\n" : "\n", -1));
        int first = 0;
        while (first < lines.size() && !lines.get(first).startsWith("Full thread dump")) {
            if (lines.get(first++).startsWith("\"")) {
                first = lines.size(); // a thread before the head
            }
        }
        if (first == lines.size()) {
            throw new IOException("this is no thread print of a HotSpot JVM: it has no line \"Full thread dump\"");
        }
        return new Reading(text, lines, first).print();
    }

    /** One text. */
    private static final class Reading {

        private final String text;
        private final List<String> lines;
        private final int first;
        private final Set<String> all = new LinkedHashSet<>();
        private final List<PrintedThread> threads = new ArrayList<>();
        private final List<String> unread = new ArrayList<>();

        Reading(String text, List<String> lines, int first) {
            this.text = text;
            this.lines = lines;
            this.first = first;
        }

        ThreadPrint print() {
            int begin = readList();
            if (all.isEmpty()) {
                return new ThreadPrint(
                        List.of(),
                        List.of("the print has no list of its threads, so names cannot be told apart"),
                        false,
                        SaidOwners.NONE);
            }
            Map<String, Integer> times = new HashMap<>();
            List<Integer> places = new ArrayList<>();
            List<Matcher> headers = new ArrayList<>();
            for (int i = begin; i < lines.size(); i++) {
                if (lines.get(i).indexOf(" tid=0x") < 0) {
                    continue;
                }
                Matcher header = HEADER.matcher(lines.get(i));
                if (header.matches() && all.contains(header.group("tid"))) {
                    times.merge(header.group("tid"), 1, Integer::sum);
                    places.add(i);
                    headers.add(header);
                }
            }
            int ended = begin;
            for (int i = 0; i < headers.size(); i++) {
                Matcher header = headers.get(i);
                if (times.getOrDefault(header.group("tid"), 0) > 1) {
                    ended = -1; // where the next name begins is open
                    continue;
                }
                ended = read(header, places.get(i), ended);
            }
            for (String tid : all) {
                int count = times.getOrDefault(tid, 0);
                if (count != 1) {
                    unread.add("the thread at " + tid
                            + (count == 0
                                    ? " is not in the print"
                                    : " is there " + count + " times: a name looks like it"));
                }
            }
            dropTwins();
            return new ThreadPrint(
                    List.copyOf(threads),
                    List.copyOf(unread),
                    threads.size() == all.size(),
                    unread.isEmpty() ? SaidOwners.of(text, threads) : SaidOwners.NONE);
        }

        /** The addresses of all threads; returns the line of the first thread. */
        private int readList() {
            int i = first;
            while (i < lines.size() && !lines.get(i).startsWith(LIST)) {
                if (lines.get(i).startsWith("\"")) {
                    return i;
                }
                i++;
            }
            for (i++; i < lines.size() && !lines.get(i).startsWith("}"); i++) {
                Matcher address = ADDRESS.matcher(lines.get(i));
                while (address.find()) {
                    all.add(address.group());
                }
            }
            i++;
            while (i < lines.size() && lines.get(i).isEmpty()) {
                i++;
            }
            return i;
        }

        private int read(Matcher header, int at, int ended) {
            String name = null;
            if (ended >= 0 && ended <= at && lines.get(ended).startsWith("\"")) {
                String before = String.join("\n", lines.subList(ended, at));
                String whole = before + (ended < at ? "\n" : "") + header.group("name");
                name = whole.substring(1);
            } else {
                unread.add("the name of thread #" + header.group("id") + ": where it begins is open");
            }
            PrintedSection section = PrintedSection.read(lines, at + 1);
            if (section.wrong() != null) {
                unread.add("the stack of thread #" + header.group("id") + ": " + section.wrong());
                return -1;
            }
            threads.add(section.thread(header, name));
            return section.end();
        }

        /** An identifier is given once; if two threads have the same, something is misread. */
        private void dropTwins() {
            Map<Long, Integer> times = new HashMap<>();
            threads.forEach(thread -> times.merge(thread.id(), 1, Integer::sum));
            if (threads.removeIf(thread -> times.getOrDefault(thread.id(), 0) > 1)) {
                unread.add("several threads have the same number");
            }
        }
    }
}
