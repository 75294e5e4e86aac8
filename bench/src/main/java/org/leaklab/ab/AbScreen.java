package org.leaklab.ab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.leaklab.compare.Change;
import org.leaklab.compare.Figures;
import org.leaklab.compare.PairPower;
import org.leaklab.core.text.Printable;
import org.leaklab.table.Table;

/**
 * An answer as lines for people.
 *
 * @param head what was compared, a line each
 * @param width so many characters has a line of the table at most
 */
public record AbScreen(List<String> head, AbAnswer answer, int width) {

    private static final int NAMED = 5;

    /** What a next step would show: round changes. */
    private static final double[] STEPS = {0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5};

    public AbScreen {
        head = List.copyOf(head);
    }

    /** All lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(head);
        lines.add(pairs());
        some(answer.disturbed()).forEach(line -> lines.add("! " + line));
        lines.add("");
        lines.addAll(table());
        lines.add("");
        if (answer.noVerdict() != null) {
            lines.add("no verdict: " + answer.noVerdict());
        }
        lines.addAll(power());
        tooFewForOneAlone().ifPresent(lines::add);
        some(answer.onOneSide()).forEach(name -> lines.add("on one side only: " + Printable.of(name)));
        return lines;
    }

    private static List<String> some(List<String> all) {
        List<String> some = new ArrayList<>(all.subList(0, Math.min(NAMED, all.size())));
        if (all.size() > NAMED) {
            some.add("and " + (all.size() - NAMED) + " more");
        }
        return some;
    }

    private String pairs() {
        int disturbed = answer.disturbed().size();
        return answer.pairs()
                + (answer.pairs() == 1 ? " pair" : " pairs")
                + (disturbed == 0
                        ? ", the machine held still"
                        : ", of which the machine moved in " + disturbed
                                + (answer.noVerdict() == null ? ": not counted" : ""));
    }

    private List<String> table() {
        Figures values = new Figures();
        for (AbRow row : answer.rows()) {
            values.add(row.base(), row.unit());
            values.add(row.now(), row.unit());
        }
        List<String> texts = values.texts();
        Table table = new Table("", "base", "new", "change", "95 % interval", "", "").right(1, 2, 3, 4);
        List<String> names = names();
        for (int i = 0; i < answer.rows().size(); i++) {
            AbRow row = answer.rows().get(i);
            table.row(
                    names.get(i),
                    texts.get(2 * i),
                    texts.get(2 * i + 1),
                    Change.percent(row.ratio() - 1),
                    interval(row),
                    word(row),
                    (row.corrected() == null ? "" : "p=" + Change.p(row.corrected()) + " ") + "n=" + row.n());
        }
        return table.lines(width);
    }

    private static String interval(AbRow row) {
        return row.low() == null || row.high() == null
                ? ""
                : Change.percent(row.low() - 1).replace(" %", "") + " to " + Change.percent(row.high() - 1);
    }

    private String word(AbRow row) {
        return switch (row.word()) {
            case SIGNIFICANT -> row.isBetter() ? "better" : "worse";
            case NOT_SEEN -> "not seen";
            case NO_VERDICT -> answer.noVerdict() == null ? "no verdict: " + row.why() : "no verdict";
        };
    }

    /** Class and method where that tells the rows apart, and parameters. */
    private List<String> names() {
        Set<String> full = new TreeSet<>();
        answer.rows().forEach(row -> full.add(row.benchmark()));
        boolean apart = full.stream().map(AbScreen::shortName).distinct().count() == full.size();
        boolean modes = answer.rows().stream().map(AbRow::mode).distinct().count() > 1;
        return answer.rows().stream()
                .map(row -> (apart ? shortName(row.benchmark()) : row.benchmark())
                        + (modes ? " " + row.mode() : "")
                        + params(row.params()))
                .toList();
    }

    private static String shortName(String benchmark) {
        return benchmark.replaceFirst("^.*\\.(?=[^.]*\\.[^.]*$)", "");
    }

    private static String params(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> " " + param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining());
    }

    /** What so many pairs can show, of the row that varies most and of the one that varies least. */
    private List<String> power() {
        List<AbRow> known = answer.rows().stream()
                .filter(row -> row.smallest() != null)
                .sorted(Comparator.comparingDouble((AbRow row) -> -row.deviation()))
                .toList();
        if (known.isEmpty()) {
            return List.of();
        }
        AbRow worst = known.getFirst();
        AbRow best = known.getLast();
        double most = smallest(worst);
        double least = smallest(best);
        double next = next(most);
        String first = "with " + worst.n() + " pairs a change of " + percent(most)
                + (known.size() == 1 ? "" : " (or of " + percent(least) + ", in the row that varies least)")
                + (answer.tested() > 1 ? ", in one row alone," : "") + " would have shown with 80 %";
        return List.of(
                next == 0
                        ? first
                        : first + "; " + percent(next) + " needs about "
                                + new PairPower(worst.deviation(), AbAnswer.alone(answer.tested()))
                                        .pairsFor(Math.log1p(next)));
    }

    /** With many rows the correction asks for more than the six pairs that are enough for one. */
    private Optional<String> tooFewForOneAlone() {
        int tested = answer.tested();
        int needed = AbAnswer.pairsForOneAlone(tested);
        return answer.rows().stream()
                .filter(row -> row.p() != null && row.n() < needed)
                .mapToInt(AbRow::n)
                .boxed()
                .min(Comparator.naturalOrder())
                .map(fewest -> "a change in one row alone, of " + tested + ", shows from " + needed
                        + " pairs on, and these are " + fewest);
    }

    private static double smallest(AbRow row) {
        return row.smallest() == null ? Double.POSITIVE_INFINITY : row.smallest() - 1;
    }

    /** The next round change that is at most half; 0 where there is none. */
    private static double next(double smallest) {
        double next = 0;
        for (double step : STEPS) {
            if (step <= smallest / 2) {
                next = step;
            }
        }
        return next;
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, fraction < 0.0095 ? "%.1f %%" : "%.0f %%", 100 * fraction);
    }
}
