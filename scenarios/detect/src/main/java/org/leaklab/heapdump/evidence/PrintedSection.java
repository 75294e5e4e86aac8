package org.leaklab.heapdump.evidence;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.evidence.PrintedMonitor.Kind;
import org.leaklab.heapdump.evidence.PrintedThread.OwnedLock;

/** The lines of a thread below its first one, which has its name. */
final class PrintedSection {

    private static final String STATE = "   java.lang.Thread.State: ";
    private static final String CARRIES = "   Carrying virtual thread #";
    private static final String MOUNTED = "   Mounted virtual thread #";
    private static final String SYNCHRONIZERS = "   Locked ownable synchronizers:";
    private static final String CLASS = "waiting on the Class initialization monitor for ";

    private static final Pattern MONITOR = Pattern.compile(
            "(?<what>waiting to lock|waiting on|waiting to re-lock in wait\\(\\)|locked|parking to wait for|eliminated)"
                    + " {1,8}<(?<address>[^>]*)>(?: \\(a (?<type>.*)\\))?",
            Pattern.DOTALL);
    private static final Pattern OWNED = Pattern.compile("\t- <0x(?<address>[0-9a-f]{1,16})> \\(a (?<type>.*)\\)");

    private final List<PrintedFrame> frames = new ArrayList<>();
    private final List<PrintedFrame> carriedFrames = new ArrayList<>();
    private final List<OwnedLock> synchronizers = new ArrayList<>();
    private List<PrintedFrame> into = frames;
    private Thread.@Nullable State state;
    private long carried;
    private @Nullable String wrong;
    private int end;

    private PrintedSection() {}

    /** Reads from the line below the name. */
    static PrintedSection read(List<String> lines, int from) {
        PrintedSection section = new PrintedSection();
        int i = from;
        while (i < lines.size() && !lines.get(i).isEmpty() && section.wrong == null) {
            section.line(lines.get(i++));
        }
        i++;
        if (i < lines.size() && lines.get(i).equals(SYNCHRONIZERS)) {
            for (i++; i < lines.size() && !lines.get(i).isEmpty() && section.wrong == null; i++) {
                section.owned(lines.get(i));
            }
            i++;
        }
        section.end = Math.min(i, lines.size() - 1);
        return section;
    }

    private void line(String line) {
        if (line.startsWith(STATE)) {
            String word = line.substring(STATE.length());
            int blank = word.indexOf(' ');
            try {
                state = Thread.State.valueOf(blank < 0 ? word : word.substring(0, blank));
            } catch (IllegalArgumentException e) {
                wrong = "it has a state that Java does not know";
            }
        } else if (line.startsWith("\tat ")) {
            StackTraceElement at = FrameText.parse(line.substring("\tat ".length()));
            if (at == null) {
                wrong = "a frame is none";
            } else {
                into.add(new PrintedFrame(at, new ArrayList<>()));
            }
        } else if (line.startsWith("\t- ")) {
            PrintedMonitor monitor = monitor(line.substring("\t- ".length()));
            if (monitor == null || into.isEmpty()) {
                wrong = "a lock is none that is known";
            } else {
                into.getLast().monitors().add(monitor);
            }
        } else if (line.startsWith(CARRIES)) {
            carried = number(line.substring(CARRIES.length()));
        } else if (line.startsWith(MOUNTED)) {
            into = carriedFrames;
        } else if (!line.startsWith(" ") && !line.startsWith("\t")) {
            wrong = "a line of it is none of a thread";
        }
    }

    private static @Nullable PrintedMonitor monitor(String text) {
        if (text.startsWith(CLASS)) {
            return new PrintedMonitor(Kind.CLASS_INITIALIZATION, 0, text.substring(CLASS.length()));
        }
        Matcher monitor = MONITOR.matcher(text);
        if (!monitor.matches()) {
            return null;
        }
        Kind kind = switch (monitor.group("what")) {
            case "waiting to lock" -> Kind.WAITING_TO_LOCK;
            case "waiting on" -> Kind.WAITING_ON;
            case "waiting to re-lock in wait()" -> Kind.WAITING_TO_RELOCK;
            case "locked" -> Kind.LOCKED;
            case "parking to wait for" -> Kind.PARKING;
            case "eliminated" -> Kind.ELIMINATED;
            default -> null;
        };
        String address = monitor.group("address");
        return kind == null
                ? null
                : new PrintedMonitor(
                        kind,
                        address.matches("0x[0-9a-f]{1,16}") ? address(address.substring(2)) : 0,
                        monitor.group("type"));
    }

    private void owned(String line) {
        Matcher owned = OWNED.matcher(line);
        if (owned.matches()) {
            synchronizers.add(new OwnedLock(address(owned.group("address")), owned.group("type")));
        } else if (!line.equals("\t- None")) {
            wrong = "an owned synchronizer is none";
        }
    }

    private static long address(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }

    private static long number(String digits) {
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    /** What is not as it should be, or null. */
    @Nullable
    String wrong() {
        return wrong;
    }

    /** The line after the section. */
    int end() {
        return end;
    }

    PrintedThread thread(Matcher header, @Nullable String name) {
        String cpu = header.group("cpu");
        String word = header.group("word");
        return new PrintedThread(
                Long.parseLong(header.group("id")),
                name,
                header.group("daemon") != null,
                cpu == null ? null : duration(cpu),
                word == null ? "" : word.strip(),
                state,
                unmodifiable(frames),
                carried,
                unmodifiable(carriedFrames),
                List.copyOf(synchronizers));
    }

    private static @Nullable Duration duration(String milliseconds) {
        try {
            return Duration.ofNanos(
                    new BigDecimal(milliseconds).movePointRight(6).longValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static List<PrintedFrame> unmodifiable(List<PrintedFrame> frames) {
        return frames.stream()
                .map(frame -> new PrintedFrame(frame.at(), List.copyOf(frame.monitors())))
                .toList();
    }
}
