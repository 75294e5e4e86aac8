package org.leaklab.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * What one worker sent and received, in a few numbers per channel, so that it can go on for ever. An item says who made
 * it, and when: {@code worker << 40 | number}.
 *
 * <p>Of two multisets that differ, count, sum and sum of hashes are all three the same with a probability of about
 * 2<sup>-64</sup>.
 */
final class Ledger {

    private static final int NUMBER_BITS = 40;

    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int HASHES = 2;

    /** What was sent less what was received, a row a channel. */
    private final long[][] balances;

    /** The last item from each sender, a row a channel. */
    private final long[][] last;

    private final List<String> complaints = new ArrayList<>();
    private long next;

    Ledger(int worker, int workers, int channels) {
        next = ((long) worker << NUMBER_BITS) + 1;
        balances = new long[channels][3];
        last = new long[channels][workers];
    }

    /** An item that nobody else has. */
    long next() {
        return next++;
    }

    void sent(int channel, long item) {
        book(channel, 1, item);
    }

    /** Takes an item in; what one sender sends over one channel, one receiver must get in that order. */
    void received(int channel, long item) {
        book(channel, -1, item);
        int sender = (int) (item >>> NUMBER_BITS);
        long before = last[channel][sender];
        if (before >= item && complaints.isEmpty()) {
            complaints.add("item " + Long.toHexString(item) + " came over channel " + channel + " after "
                    + Long.toHexString(before));
        }
        last[channel][sender] = item;
    }

    private void book(int channel, long sign, long item) {
        long[] balance = balances[channel];
        balance[COUNT] += sign;
        balance[SUM] += sign * item;
        balance[HASHES] += sign * hash(item);
    }

    private static long hash(long item) { // the finalizer of SplitMix64
        long z = item + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** What is wrong with what all say together, after the channels were drained. */
    static List<String> complaints(List<Ledger> ledgers) {
        List<String> complaints = new ArrayList<>();
        for (int channel = 0; channel < ledgers.getFirst().balances.length; channel++) {
            long[] total = new long[3];
            for (Ledger ledger : ledgers) {
                for (int i = 0; i < total.length; i++) {
                    total[i] += ledger.balances[channel][i];
                }
            }
            if (total[COUNT] != 0 || total[SUM] != 0 || total[HASHES] != 0) {
                complaints.add("channel " + channel + " does not conserve items: " + total[COUNT]
                        + " more were sent than received, and the sums of both "
                        + (total[SUM] == 0 ? "agree" : "differ"));
            }
        }
        ledgers.forEach(ledger -> complaints.addAll(ledger.complaints));
        return complaints;
    }
}
