package org.leaklab.ab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.leaklab.compare.PairPower;
import org.leaklab.table.Table;

/**
 * The page of the rates.
 *
 * @param pairsOfRun how many pairs a run had
 * @param machine what measured, in a sentence
 * @param same pairs of which both sides are the same
 * @param slower pairs with a slow-down, by how much work was added
 */
record RatesPage(int pairsOfRun, String machine, List<Pair> same, Map<Double, List<Pair>> slower) {

    List<String> lines() {
        Rates none = Rates.of(same, pairsOfRun);
        List<String> lines = new ArrayList<>(List.of(
                "# How often `bench ab` is right",
                "",
                "`scripts/ab-rates` measures this page; the series stands beside it in `ab-rates.json`. " + machine,
                "",
                "A fork is a fresh JVM that does a fixed piece of work for a tenth of a second. It is no fork of JMH: that",
                "would take ten times as long. All else is what `bench ab` does: the order, the ruler, the test. One series",
                "of " + same.size() + " pairs of the same program is cut into runs of " + pairsOfRun
                        + ", and the ruler is calibrated anew every 25 runs.",
                "For a slow-down the program does so much more of the same work; no figure is multiplied.",
                "",
                "## Nothing differs",
                ""));
        Table same = new Table("runs", "with a verdict", "false alarms", "95 % interval", "unpaired test");
        int alarms = none.worse() + none.better();
        same.row(
                none.runs(),
                none.verdicts() + " (" + Rates.share(none.verdicts(), none.runs()) + ")",
                alarms + " (" + Rates.share(alarms, none.verdicts()) + ")",
                Rates.interval(alarms, none.verdicts()),
                none.unpaired() + " (" + Rates.share(none.unpaired(), none.verdicts()) + ")");
        lines.addAll(same.markdown());
        lines.addAll(List.of("", "## A slow-down was planted", ""));
        Table planted = new Table(
                "slower by", "runs", "with a verdict", "found", "95 % interval", "the wrong way", "unpaired test");
        slower.forEach((added, pairs) -> {
            Rates rates = Rates.of(pairs, pairsOfRun);
            planted.row(
                    String.format(Locale.ROOT, "%.0f %%", 100 * added),
                    rates.runs(),
                    rates.verdicts(),
                    rates.worse() + " (" + Rates.share(rates.worse(), rates.verdicts()) + ")",
                    Rates.interval(rates.worse(), rates.verdicts()),
                    rates.better(),
                    rates.unpaired() + " (" + Rates.share(rates.unpaired(), rates.verdicts()) + ")");
        });
        lines.addAll(planted.markdown());
        PairPower power = new PairPower(none.deviation(), AbAnswer.ALPHA);
        lines.addAll(List.of(
                "",
                "- *Unpaired test* is what Mann and Whitney's test says of the same forks, as `compare` uses it.",
                String.format(
                        Locale.ROOT,
                        "- The ruler moved in %.1f %% of the pairs of the first table. The logarithm of the ratio of a pair that counts has a",
                        100 * none.disturbed()),
                String.format(
                        Locale.ROOT,
                        "  standard deviation of %.3f: %d pairs show %.0f %% with 80 %%, by the formula that `bench ab` prints; 5 %% needs about %d, 2 %% about %d.",
                        none.deviation(),
                        pairsOfRun,
                        100 * Math.expm1(power.smallest(pairsOfRun)),
                        power.pairsFor(Math.log(1.05)),
                        power.pairsFor(Math.log(1.02))),
                String.format(Locale.ROOT, "- A pair with its ruler took %.2f s.", Rates.secondsOfPair(this.same))));
        return lines;
    }
}
