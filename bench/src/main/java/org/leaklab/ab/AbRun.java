package org.leaklab.ab;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** Measures pairs until there are enough, or the time is up. */
public final class AbRun {

    /**
     * When it ends.
     *
     * @param pairs how many at least
     * @param until goes on until the interval of each ratio is that narrow to both sides, 0.02 for 2 %; null for no
     *     longer than the pairs say. Whether something is significant never ends it: a test that may be repeated until
     *     it says yes says yes too often
     * @param most what all pairs may take, with those of earlier runs; null for no limit
     */
    public record End(
            int pairs, @Nullable Double until, @Nullable Duration most) {}

    private static final double NANOS = 1e9;

    private final PairFile file;
    private final Forks forks;
    private final Ruler ruler;
    private final LongSupplier nanos;

    /** @param nanos a clock */
    public AbRun(PairFile file, Forks forks, Ruler ruler, LongSupplier nanos) {
        this.file = file;
        this.forks = forks;
        this.ruler = ruler;
        this.nanos = nanos;
    }

    /**
     * Measures what is missing.
     *
     * @param says is told in a line before each pair how far it is
     * @throws ForkFailedException if a fork fails; the pairs before it are kept
     * @throws IllegalArgumentException if the two sides have no benchmark in common; the message says so in a sentence
     */
    public void run(End end, Consumer<String> says) throws ForkFailedException, IOException, InterruptedException {
        Ruler.Reading before = null;
        AbProgress progress = new AbProgress(end);
        while (true) {
            if (!file.pairs().isEmpty()) {
                AbAnswer.requireCommonRows(file.pairs());
            }
            double width = end.until() == null || file.pairs().size() < end.pairs()
                    ? Double.POSITIVE_INFINITY // nobody asks
                    : AbAnswer.widest(file.pairs());
            if (isEnough(end, width)) {
                return;
            }
            says.accept(progress.line(file.pairs(), width));
            if (before == null) {
                before = ruler.read();
            }
            before = pair(before);
        }
    }

    private boolean isEnough(End end, double width) {
        if (end.most() != null && AbProgress.seconds(file.pairs()) >= end.most().toMillis() / 1e3) {
            return true;
        }
        return file.pairs().size() >= end.pairs() && (end.until() == null || width <= end.until());
    }

    /** Measures one, and returns what the ruler said after it. */
    private Ruler.Reading pair(Ruler.Reading before) throws ForkFailedException, IOException, InterruptedException {
        long start = nanos.getAsLong();
        int number = file.pairs().size() + 1;
        boolean baseFirst = Pair.isBaseFirst(number);
        ArrayNode first = forks.run(baseFirst ? Side.BASE : Side.NEW);
        ArrayNode second = forks.run(baseFirst ? Side.NEW : Side.BASE);
        Ruler.Reading after = ruler.read();
        file.add(new Pair(
                number,
                baseFirst,
                before,
                after,
                file.band().moved(before, after),
                (nanos.getAsLong() - start) / NANOS,
                baseFirst ? first : second,
                baseFirst ? second : first));
        return after;
    }
}
