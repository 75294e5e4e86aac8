package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.table.Table;

/**
 * What the core is meant to reach against its peers, as data, held against scores of one run each.
 *
 * <p>A bar is a least ratio of throughputs: a peer's time by leaklab's. It is reached when the whole interval is above
 * it, missed when the whole interval is below, and open when the interval has the bar in it; the ratio itself then says
 * on which side the means lie. With an open one stands how far from the bar a ratio would have shown, the interval
 * being as wide as it is.
 */
public final class CoreBars {

    private static final String OURS = CoreScore.OURS;
    private static final String ONE = "1";
    private static final String DEFAULT = "default";

    /** Fastest of several peers, as a column of its own. */
    private static final List<String> BLOCKING = List.of(
            "synchronous-queue",
            "synchronous-queue-fair",
            "exchanger",
            "array-blocking-queue",
            "linked-blocking-queue");

    /** One bar for the cells of some questions. */
    private record Bar(
            List<String> questions, String setting, String threads, String carriers, String peer, double least) {}

    private static final List<String> RENDEZVOUS = List.of("RendezvousOneToOne", "RendezvousFourToFour");
    private static final List<String> BUFFERED = List.of("BufferedOneToOne", "BufferedFourToFour");
    private static final List<String> SELECT = List.of("SelectOfTwo");
    private static final List<String> TIMEOUT = List.of("SelectWithTimeout");
    private static final List<String> FORK = List.of("ForkJoin");
    private static final List<String> MUTEX = List.of("MutexHandOff");
    private static final List<String> EMPTY = List.of("EmptyGroup");
    private static final List<String> TAKEN_BACK = List.of("TimeoutTakenBack");
    private static final String FASTEST = "fastest blocking peer";

    private static final List<Bar> BARS = List.of(
            new Bar(BUFFERED, "", "virtual", DEFAULT, "jox", 2),
            new Bar(BUFFERED, "", "virtual", DEFAULT, "array-blocking-queue", 1),
            new Bar(RENDEZVOUS, "", "virtual", DEFAULT, "jox", 1.3),
            new Bar(RENDEZVOUS, "", "virtual", DEFAULT, "synchronous-queue", 1),
            new Bar(RENDEZVOUS, "", "virtual", ONE, "jox", 6),
            new Bar(RENDEZVOUS, "", "virtual", ONE, "synchronous-queue", 1),
            new Bar(RENDEZVOUS, "", "platform", "-", FASTEST, 1),
            new Bar(RENDEZVOUS, "", "platform", "-", "jox", 5),
            new Bar(BUFFERED, "", "platform", "-", FASTEST, 1),
            new Bar(BUFFERED, "", "platform", "-", "jox", 5),
            new Bar(SELECT, "capacity 100", "virtual", DEFAULT, "jox", 2),
            new Bar(SELECT, "capacity 0", "virtual", DEFAULT, "jox", 1),
            new Bar(SELECT, "capacity 100", "virtual", ONE, "jox", 4),
            new Bar(SELECT, "capacity 0", "virtual", ONE, "jox", 4),
            new Bar(TIMEOUT, "capacity 100", "virtual", DEFAULT, "jox", 3),
            new Bar(TIMEOUT, "capacity 0", "virtual", DEFAULT, "jox", 3),
            new Bar(FORK, "", "virtual", DEFAULT, "raw-threads", 1 / 1.3),
            new Bar(FORK, "", "virtual", DEFAULT, "per-task-executor", 1),
            new Bar(FORK, "", "virtual", DEFAULT, "structured-task-scope", 1),
            new Bar(FORK, "", "virtual", ONE, "per-task-executor", 1),
            new Bar(FORK, "", "virtual", ONE, "structured-task-scope", 1),
            new Bar(MUTEX, "", "platform", "-", "reentrant-lock-fair", 0.5),
            new Bar(EMPTY, "depth 0", "virtual", DEFAULT, "structured-task-scope", 1),
            new Bar(EMPTY, "depth 400", "virtual", DEFAULT, "structured-task-scope", 1),
            new Bar(TAKEN_BACK, "", "virtual", DEFAULT, "scheduled-executor", 1),
            new Bar(TAKEN_BACK, "", "platform", "-", "scheduled-executor", 1));

    private CoreBars() {}

    /** A table of the bars for which there are scores. */
    public static List<String> markdown(List<CoreScore> scores) {
        Table table = new Table("Run", "Cell", "Threads", "Carriers", "Against", "Bar", "Ratio", "Interval", "");
        Map<String, List<CoreScore>> runs =
                scores.stream().collect(Collectors.groupingBy(CoreScore::run, LinkedHashMap::new, Collectors.toList()));
        int rows = 0;
        for (Map.Entry<String, List<CoreScore>> run : runs.entrySet()) {
            for (Bar bar : BARS) {
                for (String question : bar.questions) {
                    rows += row(table, run.getKey(), bar, question, run.getValue());
                }
            }
        }
        return rows == 0 ? List.of() : table.markdown();
    }

    private static int row(Table table, String run, Bar bar, String question, List<CoreScore> scores) {
        Map<String, CoreScore> cell = scores.stream()
                .filter(score -> score.question().equals(question)
                        && score.setting().equals(bar.setting)
                        && score.threads().equals(bar.threads)
                        && score.carriers().equals(bar.carriers))
                .collect(Collectors.toMap(CoreScore::implementation, Function.identity(), (first, second) -> first));
        CoreScore ours = cell.get(OURS);
        CoreScore peer = peer(bar, cell);
        if (ours == null || peer == null) {
            return 0;
        }
        CoreScore.Ratio ratio = peer.ratioTo(ours);
        List<Object> row = new ArrayList<>(List.of(
                run,
                question + (bar.setting.isEmpty() ? "" : ", " + bar.setting),
                bar.threads,
                bar.carriers,
                bar.peer.equals(FASTEST) ? peer.implementation() + " (" + FASTEST + ")" : bar.peer,
                number(bar.least),
                number(ratio.value()),
                number(ratio.low()) + " to " + number(ratio.high()),
                verdict(ratio, bar.least)));
        table.row(row.toArray());
        return 1;
    }

    private static String verdict(CoreScore.Ratio ratio, double least) {
        if (ratio.low() >= least) {
            return "reached";
        }
        if (ratio.high() < least) {
            return "missed";
        }
        double half = Math.sqrt(ratio.high() / ratio.low());
        return Double.isFinite(half)
                ? "open, below " + number(least / half) + " or from " + number(least * half) + " would show"
                : "open";
    }

    private static @Nullable CoreScore peer(Bar bar, Map<String, CoreScore> cell) {
        if (!bar.peer.equals(FASTEST)) {
            return cell.get(bar.peer);
        }
        return BLOCKING.stream()
                .map(cell::get)
                .filter(Objects::nonNull)
                .min(Comparator.comparingDouble(CoreScore::time))
                .orElse(null);
    }

    private static String number(double ratio) {
        return Double.isNaN(ratio) ? "?" : Double.isInfinite(ratio) ? "∞" : String.format(Locale.ROOT, "%.2f", ratio);
    }
}
