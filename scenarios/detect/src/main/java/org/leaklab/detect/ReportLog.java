package org.leaklab.detect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;

/**
 * Logs reports. Each group becomes one event at level WARNING, with its fields as {@code key=value}.
 *
 * <p>The log does not repeat a group until the interval has passed, or until the group has twice as many threads as at
 * its last event. Groups are the same if the detector, the class they wait on and the stack are the same.
 *
 * <p>The log remembers {@value #REMEMBERED} groups. When one more comes, it forgets them all and may repeat them
 * earlier. Safe for use by several threads.
 */
public final class ReportLog {

    private static final int REMEMBERED = 1_000;

    private final Logger logger;
    private final long intervalNanos;
    private final LongSupplier clock;

    // guarded by this
    private final Map<Place, Logged> logged = new HashMap<>();

    /** What makes two groups the same for the log. */
    private record Place(String detector, @Nullable String waitsOn, List<StackTraceElement> stack) {}

    private record Logged(long at, int count) {}

    /**
     * Creates a log that writes to a logger.
     *
     * @param interval time before the log repeats a group that has not doubled
     */
    public ReportLog(Logger logger, Duration interval) {
        this(logger, interval, System::nanoTime);
    }

    ReportLog(Logger logger, Duration interval, LongSupplier clock) {
        this.logger = logger;
        this.intervalNanos = interval.toNanos();
        this.clock = clock;
    }

    /**
     * Logs the groups of a report that are due.
     *
     * @return number of events that were logged
     */
    public int log(ThreadReport report) {
        int events = 0;
        for (StuckGroup group : report.groups()) {
            if (isDue(new Place(report.detector(), group.waitsOn(), group.stack()), group.count())) {
                logger.log(Level.WARNING, event(report, group));
                events++;
            }
        }
        return events;
    }

    private synchronized boolean isDue(Place place, int count) {
        long now = clock.getAsLong();
        Logged last = logged.get(place);
        if (last != null && now - last.at() < intervalNanos && count < 2 * last.count()) {
            return false;
        }
        if (logged.size() >= REMEMBERED) {
            logged.clear();
        }
        logged.put(place, new Logged(now, count));
        return true;
    }

    private static String event(ThreadReport report, StuckGroup group) {
        return "stuck threads detector=" + Printable.of(report.detector()) + " count=" + group.count() + " kind="
                + group.kind().name().toLowerCase(Locale.ROOT) + " state=" + group.state() + " waits_on="
                + printable(group.waitsOn()) + " creator=\""
                + Printable.of(group.creator()).replace('"', '\'') + "\" oldest_seconds="
                + (group.oldest() == null ? "unknown" : group.oldest().toSeconds()) + " at="
                + (group.stack().isEmpty()
                        ? "unknown"
                        : Printable.of(group.firstOwnFrame()
                                .orElse(group.stack().getFirst())
                                .toString()));
    }

    private static String printable(@Nullable String text) {
        return Printable.of(String.valueOf(text));
    }
}
