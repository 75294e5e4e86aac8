package org.leaklab.results;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Latencies of a benchmark, a histogram a fork. Percentiles are taken of all forks together: the mean of percentiles of
 * forks is no percentile of anything. One is there only where at least {@value #FEWEST} values lie at it or above, for
 * it is those that it stands on.
 *
 * @param forks values in microseconds
 */
public record Latencies(List<Histogram> forks) {

    /** Of what has no latencies. */
    public static final Latencies NONE = new Latencies(List.of());

    private static final int FEWEST = 100;
    private static final int DIGITS = 3;

    public Latencies {
        forks = List.copyOf(forks);
    }

    /** Reads histograms that {@link #encoded} wrote, in that order. */
    static Latencies decoded(List<String> texts) throws DataFormatException {
        Histogram[] forks = new Histogram[texts.size()];
        for (int i = 0; i < forks.length; i++) {
            forks[i] = Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(texts.get(i))), 0);
        }
        return new Latencies(Arrays.asList(forks));
    }

    /** A histogram in HdrHistogram's compressed form, as text. */
    public static String encoded(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    public boolean isEmpty() {
        return forks.isEmpty();
    }

    /** All of them. */
    public Histogram merged() {
        Histogram all = new Histogram(DIGITS);
        forks.forEach(all::add);
        return all;
    }

    /** Microseconds that so many percent took at most; none where too few values are behind it. */
    public OptionalDouble percentile(double percent) {
        return percentile(merged(), percent);
    }

    /** The same of a histogram. */
    public static OptionalDouble percentile(Histogram histogram, double percent) {
        double behind = histogram.getTotalCount() * (100 - percent) / 100;
        return behind >= FEWEST - 1e-6 // what is 100 but for rounding is enough
                ? OptionalDouble.of(histogram.getValueAtPercentile(percent))
                : OptionalDouble.empty();
    }

    /** The same of each fork; none where one fork has too few values. */
    public List<Double> percentileOfForks(double percent) {
        List<OptionalDouble> each =
                forks.stream().map(fork -> percentile(fork, percent)).toList();
        return each.stream().allMatch(OptionalDouble::isPresent)
                ? each.stream().map(OptionalDouble::getAsDouble).toList()
                : List.of();
    }
}
