package org.leaklab.rows;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Carries out a plan row by row. What is measured stands in a journal at once, so a run that is killed loses the row
 * that it is at and nothing else, and the next run of the same plan on the same machine measures what is missing.
 */
public final class RowRunner {

    private final Plan plan;
    private final ResultFiles files;
    private final PrintWriter err;
    private final Measurement measurement;

    /** A runner that measures with JMH and says on {@code err} how far it is. */
    public RowRunner(Plan plan, ResultFiles files, PrintWriter err) {
        this(plan, files, err, new JmhMeasurement(files.histograms()));
    }

    RowRunner(Plan plan, ResultFiles files, PrintWriter err, Measurement measurement) {
        this.plan = plan;
        this.files = files;
        this.err = err;
        this.measurement = measurement;
    }

    /**
     * Measures what is missing. Files are written when nothing is any more; until then those of an earlier run stay as
     * they are.
     *
     * @return how many rows failed and are still missing
     * @throws IOException if nothing can be measured or written
     */
    public int run() throws IOException {
        Journal journal = Journal.open(files.journal(), Environment.of(plan), sentence -> {
            err.println(plan.group() + ": " + sentence);
            err.flush();
        });
        Map<Row, JsonNode> results = journal.results();
        List<Row> missing = plan.rows().keySet().stream()
                .filter(row -> !results.containsKey(row))
                .toList();
        Progress progress =
                new Progress(err, plan.rows().keySet(), plan.rows().size() - missing.size(), System::nanoTime);
        progress.head(plan);
        int failed = 0;
        for (Row row : missing) {
            progress.begins(row);
            try {
                JsonNode result = measurement.measure(row, plan.rows().get(row));
                journal.add(row, result);
                progress.ends(result);
            } catch (FailedRowException e) {
                failed++;
                progress.fails(e.getMessage(), e.details());
            }
        }
        if (failed == 0) {
            files.write(plan.rows().keySet().stream().map(results::get).toList(), Environment.of(plan));
            journal.delete();
        }
        return failed;
    }
}
