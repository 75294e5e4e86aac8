package org.leaklab.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one thread says it sent and received. Each item says who made it, and when: {@code worker << 32 | number}. */
final class Tally {

    record Item(int place, long id) {
        int worker() {
            return (int) (id >>> 32);
        }
    }

    final List<Item> sent = new ArrayList<>();
    final List<Item> received = new ArrayList<>();
    private long next;

    Tally(int worker) {
        this.next = (long) worker << 32;
    }

    /** An item that nobody else has. */
    long next() {
        return next++;
    }

    void sent(int place, long item) {
        sent.add(new Item(place, item));
    }

    void received(int place, long item) {
        received.add(new Item(place, item));
    }

    /** What is wrong with all that was said: items lost, made up, doubled or out of order. */
    static List<String> complaints(List<Tally> tallies) {
        List<String> complaints = new ArrayList<>();
        Set<Item> sent = new HashSet<>();
        tallies.forEach(tally -> sent.addAll(tally.sent));
        Set<Item> received = new HashSet<>();
        for (Tally tally : tallies) {
            Map<String, Long> last = new HashMap<>();
            for (Item item : tally.received) {
                if (!sent.contains(item)) {
                    complaints.add("received though not sent: " + item);
                }
                if (!received.add(item)) {
                    complaints.add("received twice: " + item);
                }
                Long before = last.put(item.place() + " from " + item.worker(), item.id());
                if (before != null && before > item.id()) {
                    complaints.add("overtaken: " + item + " came after " + before);
                }
            }
        }
        sent.removeAll(received);
        sent.forEach(item -> complaints.add("sent but never received: " + item));
        return complaints;
    }
}
