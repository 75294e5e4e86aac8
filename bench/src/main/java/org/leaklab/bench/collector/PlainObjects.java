package org.leaklab.bench.collector;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.leaklab.bench.memory.LiveHeap;
import org.leaklab.bench.stuck.StuckNeighbours;

/**
 * The control: as many bytes as so many stuck virtual threads keep, in plain objects. What a collection takes beside
 * them is the price of the bytes; what it takes longer beside the threads is the price of their being threads.
 *
 * <p>For each thread there is a list of {@value #LINKS} links with an array of bytes each, so that there are about as
 * many objects as well: a thread, its stack and what it waits on are some twenty.
 */
final class PlainObjects implements AutoCloseable {

    private static final Pattern WORD = Pattern.compile("(\\d+)-objects");
    private static final int LINKS = 10;

    /** What a link and the head of an array take, about; how much it is in truth, the check finds out. */
    private static final int BYTES_OF_A_LINK = 40;

    /** How far off the bytes may be. */
    private static final double TOLERANCE = 0.1;

    private static final int TRIES = 3;

    private Object[] lists;

    private PlainObjects(int lists, int bytesOfAList) {
        this.lists = new Object[lists];
        int bytes = Math.max(0, bytesOfAList / LINKS - BYTES_OF_A_LINK);
        for (int i = 0; i < lists; i++) {
            for (int link = 0; link < LINKS; link++) {
                this.lists[i] = new Object[] {this.lists[i], new byte[bytes]};
            }
        }
    }

    /** Whether a word of the parameter {@code beside} means such a control: {@code 100000-objects}. */
    static boolean isMeantBy(String word) {
        return WORD.matcher(word).matches();
    }

    /**
     * Gets the threads stuck, sees how much live heap they keep, frees them, and keeps as much in plain objects.
     *
     * @throws IllegalStateException if that is not as much, but for a tenth
     */
    static PlainObjects of(String word) throws Exception {
        Matcher parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + word + "\" says no number of threads, as in 100000-objects");
        }
        int threads = Integer.parseInt(parts.group(1));
        long before = LiveHeap.bytes();
        long wanted;
        try (AutoCloseable stuck = StuckNeighbours.of(threads + "-virtual")) {
            wanted = LiveHeap.bytes() - before;
        }
        before = LiveHeap.bytes();
        return like(threads, wanted, before);
    }

    private static PlainObjects like(int threads, long wanted, long before) {
        double ask = wanted;
        for (int i = 1; ; i++) { // the size of a link depends on the collector
            PlainObjects objects = new PlainObjects(threads, (int) (ask / threads));
            long kept = LiveHeap.bytes() - before;
            if (Math.abs(kept - wanted) <= TOLERANCE * wanted || i == TRIES) {
                check(wanted, kept);
                return objects;
            }
            objects.close();
            ask *= (double) wanted / Math.max(1, kept);
        }
    }

    /** Sees that the control keeps as many bytes as the threads. */
    static void check(long wanted, long kept) {
        if (!(wanted > 0 && Math.abs(kept - wanted) <= TOLERANCE * wanted)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "plain objects that should keep as much as stuck threads, %,d B, keep %,d B",
                    wanted,
                    kept));
        }
    }

    /** How many lists there are. */
    int count() {
        return lists.length;
    }

    /** Lets go of them. */
    @Override
    public void close() {
        lists = new Object[0];
    }
}
