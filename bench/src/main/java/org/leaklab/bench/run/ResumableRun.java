package org.leaklab.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Carries out a plan in passes: each pass measures one fork of every row. A machine that is slow for some minutes then
 * slows all rows alike, and not those that happen to run at that time, so that ratios between rows can be believed; JMH
 * by itself runs all forks of a row before it goes to the next.
 *
 * <p>What is measured stands in a journal at once, so a run that is killed loses the fork that it is at and nothing
 * else, and the next run of the same plan on the same machine measures what is missing.
 */
public final class ResumableRun {

    private final Plan plan;
    private final ResultFiles files;
    private final Screen screen;
    private final Measurement measurement;

    /** A runner that measures with JMH and says on a screen how far it is. */
    public ResumableRun(Plan plan, ResultFiles files, Screen screen) {
        this(plan, files, screen, new JmhMeasurement(files.histograms(), screen.log()));
    }

    ResumableRun(Plan plan, ResultFiles files, PrintWriter out, Measurement measurement) {
        this(plan, files, Screen.of(out), measurement);
    }

    private ResumableRun(Plan plan, ResultFiles files, Screen screen, Measurement measurement) {
        this.plan = plan;
        this.files = files;
        this.screen = screen;
        this.measurement = measurement;
    }

    /**
     * How a run ended.
     *
     * @param failed how many rows failed and are still missing
     * @param forks how many forks are measured, now and before
     * @param finished whether all are, and the files are written
     */
    public record Ended(int failed, int forks, boolean finished) {}

    /**
     * Measures what is missing. Files are written when nothing is any more; until then those of an earlier run stay as
     * they are.
     *
     * @param most how many forks a row has when this run ends, if it has fewer before; a later run goes on
     * @throws IOException if nothing can be measured or written
     */
    public Ended run(int most) throws IOException {
        Environment here = Environment.of(plan);
        sayWhyAgain(here);
        Journal journal = Journal.open(files.journal(), here, this::say);
        int before = plan.rows().keySet().stream()
                .mapToInt(row -> journal.of(row).size())
                .sum();
        Progress progress = Progress.on(screen, plan, before, System::nanoTime);
        progress.head();
        Set<Row> failed = new HashSet<>();
        int passes =
                plan.rows().values().stream().mapToInt(RowList::forks).max().orElse(0);
        for (int pass = 1; pass <= Math.min(passes, most); pass++) {
            for (Row row : plan.rows().keySet()) {
                boolean wanted = pass <= RowList.forks(plan.rows().get(row))
                        && pass > journal.of(row).size();
                if (wanted && !failed.contains(row)) {
                    measure(row, pass, journal, progress, failed);
                }
            }
        }
        int forks = plan.rows().keySet().stream()
                .mapToInt(row -> journal.of(row).size())
                .sum();
        boolean finished = failed.isEmpty() && forks >= plan.forks();
        if (finished) {
            files.write(
                    plan.rows().keySet().stream()
                            .map(row -> MergedForks.of(journal.of(row)))
                            .toList(),
                    Environment.of(plan).since(journal.begun()));
            journal.delete();
        }
        return new Ended(failed.size(), forks, finished);
    }

    /** Why results that are finished do not count; a run that goes on has said so when it began. */
    private void sayWhyAgain(Environment here) {
        List<String> differences = files.differencesFrom(here);
        if (!differences.isEmpty() && !Files.exists(files.journal())) {
            say("measured again, for " + files.results().getFileName() + " is of another "
                    + String.join(", another ", differences));
        }
    }

    private void say(String sentence) {
        screen.out().println(plan.group() + ": " + sentence);
        screen.out().flush();
    }

    private void measure(Row row, int fork, Journal journal, Progress progress, Set<Row> failed) throws IOException {
        progress.begins(row);
        try {
            JsonNode result = measurement.measure(row, plan.rows().get(row), fork);
            journal.add(result);
            progress.ends(result);
        } catch (FailedRowException e) {
            failed.add(row);
            progress.fails(row, e.getMessage(), e.details());
        }
    }
}
