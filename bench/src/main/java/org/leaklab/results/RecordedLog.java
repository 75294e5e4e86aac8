package org.leaklab.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * All intervals of a log that {@link IntervalLog} wrote, in one histogram.
 *
 * @param name of the file, without its ending and without the number of a further fork
 * @param about what was measured, from the first line
 * @param all every value, in microseconds
 */
public record RecordedLog(String name, String about, Histogram all) {

    private static final int DIGITS = 3;

    /**
     * Reads a log.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no histogram; the message says so in a
     *     sentence
     */
    public static RecordedLog read(Path file) {
        Histogram all = new Histogram(DIGITS);
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval instanceof Histogram histogram) {
                    all.add(histogram);
                }
            }
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that can be read", e);
        } catch (RuntimeException e) { // whatever the reader trips over
            throw new IllegalArgumentException("\"" + file + "\" is not a log of HdrHistogram", e);
        }
        if (all.getTotalCount() == 0) {
            throw new IllegalArgumentException("\"" + file + "\" has no histogram with a value in it");
        }
        String name = file.getFileName().toString().replaceFirst("(-\\d+)?\\.hlog$", "");
        return new RecordedLog(name, about(file), all);
    }

    private static String about(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst().orElse("").replaceFirst("^#\\[(.*)]$", "$1");
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + file + "\" cannot be read", e);
        }
    }
}
