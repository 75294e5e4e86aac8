package org.leaklab.results;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * Histograms of one interval after the other in HdrHistogram's own log format, each with the number of stuck threads in
 * a comment after it. Times are in seconds since the log was opened, values in microseconds, and the maxima that stand
 * beside the histograms in milliseconds.
 *
 * <p>The file gets its name when it is whole; a log that is closed before leaves nothing. Where there is a file of that
 * name, of an earlier fork, the name gets a number.
 */
public final class IntervalLog implements AutoCloseable {

    /** The system property that names the directory. */
    public static final String DIRECTORY = "leaklab.histograms";

    private static final double MICROS_PER_MILLI = 1000;
    private static final double MILLIS_PER_SECOND = 1000;

    private final String name;
    private final @Nullable Path partial;
    private final PrintStream out;
    private final HistogramLogWriter log;
    private final long openedMillis = System.currentTimeMillis();

    private IntervalLog(String name, @Nullable Path partial, PrintStream out) {
        this.name = name;
        this.partial = partial;
        this.out = out;
        this.log = new HistogramLogWriter(out);
    }

    /** The directory that the system property {@code leaklab.histograms} names; null when it is not set. */
    public static @Nullable Path directory() {
        String directory = System.getProperty(DIRECTORY);
        return directory == null ? null : Path.of(directory).toAbsolutePath();
    }

    /**
     * Opens a log.
     *
     * @param directory where the file will be, made if it does not exist; null writes none
     * @param name of the file, without its ending {@code .hlog}
     * @param about what was measured, for the first line
     */
    public static IntervalLog open(@Nullable Path directory, String name, String about) throws IOException {
        Path partial = null;
        OutputStream stream = OutputStream.nullOutputStream();
        if (directory != null) {
            Files.createDirectories(directory);
            partial =
                    directory.resolve("." + name + "." + ProcessHandle.current().pid() + ".hlog");
            stream = new BufferedOutputStream(Files.newOutputStream(partial));
        }
        IntervalLog opened = new IntervalLog(name, partial, new PrintStream(stream, false, US_ASCII));
        opened.begin(about);
        return opened;
    }

    private void begin(String about) {
        log.outputComment("[" + about + "]");
        log.outputComment("[values in us, maxima in ms]");
        log.outputLogFormatVersion();
        log.outputStartTime(openedMillis);
        log.setBaseTime(openedMillis);
        log.outputBaseTime(openedMillis);
        log.outputLegend();
    }

    /** Writes an interval: what was recorded in it, and how many threads were stuck at its end. */
    public void interval(Histogram latencies, int stuck) {
        double end = seconds(latencies.getEndTimeStamp());
        log.outputIntervalHistogram(seconds(latencies.getStartTimeStamp()), end, latencies, MICROS_PER_MILLI);
        stuck(stuck, end);
    }

    /** Writes how many threads were stuck when all was over. */
    public void end(int stuck) {
        stuck(stuck, seconds(System.currentTimeMillis()));
    }

    private void stuck(int threads, double at) {
        log.outputComment(String.format(Locale.ROOT, "[stuck threads: %d at %.3f s]", threads, at));
    }

    private double seconds(long millis) {
        return (millis - openedMillis) / MILLIS_PER_SECOND;
    }

    /**
     * Gives the file its name; nothing is written after that.
     *
     * @throws IOException if something could not be written
     */
    public void finish() throws IOException {
        log.close();
        if (out.checkError()) {
            throw new IOException("the histograms of " + name + " could not be written");
        }
        for (int fork = 1; partial != null && Files.exists(partial); fork++) {
            Path whole = partial.resolveSibling(name + (fork == 1 ? "" : "-" + fork) + ".hlog");
            try {
                Files.move(partial, whole);
            } catch (FileAlreadyExistsException e) {
                // of an earlier fork: the next name
            }
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
        if (partial != null) {
            Files.deleteIfExists(partial); // there only when it was not finished
        }
    }
}
