package org.leaklab.ab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.leaklab.bench.run.Machine;

/**
 * Measures how often {@code bench ab} is wrong, and how often it finds a slow-down: what {@code scripts/ab-rates} runs.
 * Each block has a file of pairs, so a run that was stopped goes on.
 */
final class RatesMain {

    private static final int PAIRS = 8;

    /** Runs in a block; the ruler is calibrated for each. */
    private static final int BLOCK = 25;

    private static final double[] ADDED = {0.05, 0.1};

    private final Path folder;
    private final Ruler ruler;
    private final DoubleFunction<Forks> forks;

    /** @param forks by how much is added to the new side */
    RatesMain(Path folder, Ruler ruler, DoubleFunction<Forks> forks) {
        this.folder = folder;
        this.ruler = ruler;
        this.forks = forks;
    }

    /**
     * Measures, and writes the page and the series.
     *
     * @param args the page to write, the folder for the blocks, how many runs of the same, and how many for each
     *     slow-down
     */
    public static void main(String[] args) throws IOException, InterruptedException, ForkFailedException {
        new RatesMain(Path.of(args[1]), new FreshJvmRuler(), ShortForks::new)
                .measure(Path.of(args[0]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    void measure(Path page, int same, int planted) throws IOException, InterruptedException, ForkFailedException {
        Files.createDirectories(folder);
        Map<Double, List<Pair>> slower = new LinkedHashMap<>();
        for (double added : ADDED) {
            slower.put(added, series(added, planted));
        }
        RatesPage rates = new RatesPage(PAIRS, machine(), series(0, same), slower);
        Files.write(page, rates.lines());
        Path json = page.resolveSibling(page.getFileName().toString().replaceFirst("\\.md$", "") + ".json");
        Files.writeString(json, PairFile.MAPPER.writeValueAsString(raw(rates)) + "\n");
    }

    private List<Pair> series(double added, int runs) throws IOException, InterruptedException, ForkFailedException {
        List<Pair> all = new ArrayList<>();
        for (int block = 0; block * BLOCK < runs; block++) {
            int pairs = PAIRS * Math.min(BLOCK, runs - block * BLOCK);
            String name = Math.round(100 * added) + "-" + (block + 1);
            Question question = new Question(
                    1,
                    "short fork",
                    "short fork + " + added,
                    List.of(),
                    Runtime.version().toString());
            PairFile file = PairFile.open(folder.resolve(name + ".jsonl"), question, ruler);
            new AbRun(file, forks.apply(added), ruler, System::nanoTime).run(new AbRun.End(pairs, null, null), line -> {
                if (line.matches("pair \\d*1 .*")) {
                    System.err.println("ab-rates: block " + name + ", " + line);
                }
            });
            all.addAll(file.pairs().subList(0, pairs));
        }
        return all;
    }

    private static String machine() {
        return "Measured on " + LocalDate.now(ZoneOffset.UTC) + " on JDK " + Runtime.version() + ", " + Machine.text()
                + ".";
    }

    /** A line of figures a pair: which came first, both times, and what the ruler said after it. */
    private static Map<String, Object> raw(RatesPage page) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put(
                "columns",
                List.of("base first", "base ns/op", "new ns/op", "clock", "memory", "waiting", "disturbed", "seconds"));
        raw.put("same", page.same().stream().map(RatesMain::figures).toList());
        page.slower()
                .forEach((added, pairs) -> raw.put(
                        "slower by " + added,
                        pairs.stream().map(RatesMain::figures).toList()));
        return raw;
    }

    private static List<Object> figures(Pair pair) {
        return List.of(
                pair.baseFirst(),
                pair.base().at("/0/primaryMetric/score").asDouble(),
                pair.now().at("/0/primaryMetric/score").asDouble(),
                pair.after().clock(),
                pair.after().memory(),
                pair.after().waiting(),
                pair.isDisturbed(),
                Math.round(pair.seconds() * 1000) / 1000.0);
    }
}
