package org.leaklab.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Watch;
import org.leaklab.lab.Watch.Count;
import org.leaklab.lab.Watch.Look;
import org.leaklab.lab.Watch.Phase;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import picocli.CommandLine.Help.Ansi;

/**
 * Draws a leak while it grows, the kinds of thread side by side, in lines of at most 80 characters: on a terminal one
 * block of lines that is drawn anew, else one line a phase, when it is over.
 */
final class WatchView implements Consumer<Look> {

    private static final Duration PACE = Duration.ofMillis(250);
    private static final int WIDTH = 80;

    /** What stands before the kinds of thread: the phase and the runs. */
    private static final int HEAD = 15;

    /** What stands before a bar. */
    private static final int NUMBERS = 23;

    private static final String UP = "\u001b[%dA";
    private static final String CLEAR = "\u001b[K";

    private final PrintWriter out;
    private final Ansi ansi;
    private final int most;
    private final Map<Phase, Look> last = new EnumMap<>(Phase.class);

    /**
     * A view.
     *
     * @param ansi says whether this is a terminal that knows colours
     * @param most how many threads fill a bar
     */
    WatchView(PrintWriter out, Ansi ansi, int most) {
        this.out = out;
        this.ansi = ansi;
        this.most = most;
    }

    /**
     * Watches a scenario on kinds of thread at the same time.
     *
     * @throws IllegalArgumentException if there is nothing to see of it
     */
    static void show(Scenario scenario, List<ThreadKind> kinds, PrintWriter out, Ansi ansi) throws Exception {
        Watch watch = new Watch(scenario, kinds, PACE);
        Leak leak = scenario.leak();
        heading(leak, kinds).forEach(out::println);
        WatchView view = new WatchView(out, ansi, watch.runs() * leak.stuck());
        watch.run(view);
        view.end();
        footing(leak).forEach(out::println);
        out.flush();
    }

    static List<String> heading(Leak leak, List<ThreadKind> kinds) {
        StringBuilder names = new StringBuilder(" ".repeat(HEAD));
        for (ThreadKind kind : kinds) {
            String name = "  on " + kind.name().toLowerCase(Locale.ROOT) + " threads";
            names.append(name).append(" ".repeat((WIDTH - HEAD) / kinds.size() - name.length()));
        }
        return List.of(
                leak.id() + ", idiom " + leak.idiom().word() + " (Ctrl-C ends)",
                names.toString().stripTrailing());
    }

    static List<String> footing(Leak leak) {
        List<String> lines = new ArrayList<>(wrapped("why:  " + leak.cause()));
        lines.addAll(wrapped("cure: " + leak.cure()));
        lines.add("");
        return lines;
    }

    /** A sentence on lines; what follows the first is indented as the words after its head. */
    static List<String> wrapped(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("     ");
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public void accept(Look look) {
        if (ansi.enabled()) {
            if (!last.isEmpty()) {
                out.printf(Locale.ROOT, UP, last.size());
            }
            last.put(look.phase(), look);
            last.values().forEach(each -> out.println(line(each) + CLEAR));
        } else if (!last.isEmpty() && !last.containsKey(look.phase())) {
            end();
            last.put(look.phase(), look);
        } else {
            last.put(look.phase(), look);
        }
        out.flush();
    }

    /** Says what was seen last, where that was not drawn already. */
    void end() {
        if (!ansi.enabled()) {
            last.values().forEach(each -> out.println(line(each)));
            last.clear();
        }
        out.flush();
    }

    private String line(Look look) {
        String runs = look.runs() == 0 ? "" : look.runs() + (look.runs() == 1 ? " run" : " runs");
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-6s %8s", look.phase().word(), runs));
        String colour = look.phase() == Phase.LEAKY || look.phase() == Phase.LEFT ? "red" : "green";
        int longest = (WIDTH - HEAD) / look.counts().size() - NUMBERS;
        for (Count count : look.counts()) {
            int bar = (int) Math.min(longest, Math.round(1.0 * longest * count.alive() / most));
            line.append(String.format(Locale.ROOT, "%4d alive %4d stuck  ", count.alive(), count.stuck()));
            line.append(bar == 0 ? "" : ansi.string("@|" + colour + " " + "#".repeat(bar) + "|@"));
            line.append(" ".repeat(longest - bar));
        }
        return line.toString().stripTrailing();
    }
}
