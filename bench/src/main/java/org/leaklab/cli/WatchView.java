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
import org.leaklab.lab.Watch.Look;
import org.leaklab.lab.Watch.Phase;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import picocli.CommandLine.Help.Ansi;

/**
 * Draws a leak while it grows, in lines of at most 80 characters: on a terminal one block of lines that is drawn anew,
 * else one line a phase, when it is over.
 */
final class WatchView implements Consumer<Look> {

    private static final Duration PACE = Duration.ofMillis(250);
    private static final int BAR = 30;
    private static final int WIDTH = 80;
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
     * Watches a scenario, on one kind of thread after the other.
     *
     * @throws IllegalArgumentException if there is nothing to see of it
     */
    static void show(Scenario scenario, List<ThreadKind> kinds, PrintWriter out, Ansi ansi) throws Exception {
        Leak leak = scenario.leak();
        for (ThreadKind kind : kinds) {
            Watch watch = new Watch(scenario, kind, PACE);
            out.println(leak.id() + ", idiom " + leak.idiom().word() + ", on "
                    + kind.name().toLowerCase(Locale.ROOT) + " threads (Ctrl-C ends)");
            WatchView view = new WatchView(out, ansi, watch.runs() * leak.stuck());
            watch.run(view);
            view.end();
        }
        wrapped("why:  " + leak.cause()).forEach(out::println);
        wrapped("cure: " + leak.cure()).forEach(out::println);
        out.println();
        out.flush();
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
        String bar = "#".repeat((int) Math.min(BAR, Math.round(1.0 * BAR * look.alive() / most)));
        String colour = look.phase() == Phase.LEAKY || look.phase() == Phase.LEFT ? "red" : "green";
        return String.format(
                                Locale.ROOT,
                                "%-6s %8s %5d alive %5d stuck  ",
                                look.phase().word(),
                                look.runs() == 0 ? "" : look.runs() + (look.runs() == 1 ? " run" : " runs"),
                                look.alive(),
                                look.stuck())
                        .stripTrailing()
                + (bar.isEmpty() ? "" : "  " + ansi.string("@|" + colour + " " + bar + "|@"));
    }
}
