package org.leaklab.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What channels do, said once more and without threads: who waits, who is woken by what, and with which result. A test
 * does the same to real channels and compares.
 */
final class ChannelModel {

    /** Something wrong with the model, for trying out whether a difference would be noticed. */
    enum Flaw {
        NONE,
        /** The last that came is served first. */
        SERVES_THE_LAST,
        /** A receiver that takes from a full buffer lets no waiting sender in. */
        LEAVES_SENDERS_WAITING,
        /** What is in the buffer when the channel is closed is gone. */
        CLOSE_DROPS_THE_BUFFER,
        /** Only the clause that fired leaves its queue. */
        LEAVES_THE_LOSERS
    }

    static final String NOTHING = "nothing";
    static final String SEND_ON_CLOSED = "send on closed channel";

    /** One thing to wait for: a send of an item, or a receive. */
    record Clause(int channel, boolean isSend, int item) {}

    private record Waiting(int actor, Clause clause) {}

    private static final class Queues {
        final int capacity;
        final Deque<Integer> buffer = new ArrayDeque<>();
        final List<Waiting> senders = new ArrayList<>();
        final List<Waiting> receivers = new ArrayList<>();
        boolean closed;

        Queues(int capacity) {
            this.capacity = capacity;
        }
    }

    private final Flaw flaw;
    private final List<Queues> channels = new ArrayList<>();

    /** What those that were woken must return: one of these. */
    private final Map<Integer, Set<String>> woken = new HashMap<>();

    ChannelModel(Flaw flaw, List<Integer> capacities) {
        this.flaw = flaw;
        capacities.forEach(capacity -> channels.add(new Queues(capacity)));
    }

    static String sent(int item) {
        return "sent " + item;
    }

    static String received(Object item) {
        return "received " + item;
    }

    /** What an operation may return now, each with the clause that then takes effect; empty when it has to wait. */
    Map<String, Clause> possible(List<Clause> clauses) {
        Map<String, Clause> results = new TreeMap<>();
        for (Clause clause : clauses) {
            Queues channel = channels.get(clause.channel);
            if (clause.isSend) {
                if (channel.closed) {
                    results.put(SEND_ON_CLOSED, clause);
                } else if (!channel.receivers.isEmpty() || channel.buffer.size() < channel.capacity) {
                    results.put(sent(clause.item), clause);
                }
            } else if (!channel.buffer.isEmpty()) {
                results.put(received(channel.buffer.peek()), clause);
            } else if (!channel.senders.isEmpty()) {
                results.put(received(next(channel.senders).clause.item), clause);
            } else if (channel.closed) {
                results.put(received(null), clause);
            }
        }
        return results;
    }

    /** Does what {@link #possible} found possible. */
    void happens(Clause clause) {
        Queues channel = channels.get(clause.channel);
        if (channel.closed && (clause.isSend || channel.buffer.isEmpty())) {
            return;
        }
        if (clause.isSend) {
            if (channel.receivers.isEmpty()) {
                channel.buffer.add(clause.item);
            } else {
                wake(next(channel.receivers), received(clause.item));
            }
        } else if (channel.buffer.isEmpty()) {
            Waiting sender = next(channel.senders);
            wake(sender, sent(sender.clause.item));
        } else {
            channel.buffer.remove();
            if (!channel.senders.isEmpty() && flaw != Flaw.LEAVES_SENDERS_WAITING) {
                Waiting sender = next(channel.senders);
                channel.buffer.add(sender.clause.item);
                wake(sender, sent(sender.clause.item));
            }
        }
    }

    void waits(int actor, List<Clause> clauses) {
        for (Clause clause : clauses) {
            Queues channel = channels.get(clause.channel);
            (clause.isSend ? channel.senders : channel.receivers).add(new Waiting(actor, clause));
        }
    }

    /** Interrupted or cancelled. */
    void givesUp(int actor, String result) {
        woken.put(actor, Set.of(result));
        forget(actor);
    }

    void closes(int number) {
        Queues channel = channels.get(number);
        channel.closed = true;
        for (Waiting receiver : channel.receivers) {
            woken.computeIfAbsent(receiver.actor, actor -> new TreeSet<>()).add(received(null));
        }
        for (Waiting sender : channel.senders) {
            woken.computeIfAbsent(sender.actor, actor -> new TreeSet<>()).add(SEND_ON_CLOSED);
        }
        woken.keySet().forEach(this::forget);
        if (flaw == Flaw.CLOSE_DROPS_THE_BUFFER) {
            channel.buffer.clear();
        }
    }

    private Waiting next(List<Waiting> queue) {
        return flaw == Flaw.SERVES_THE_LAST ? queue.getLast() : queue.getFirst();
    }

    private void wake(Waiting waiting, String result) {
        woken.put(waiting.actor, Set.of(result));
        if (flaw == Flaw.LEAVES_THE_LOSERS) {
            Queues channel = channels.get(waiting.clause.channel);
            (waiting.clause.isSend ? channel.senders : channel.receivers).remove(waiting);
        } else {
            forget(waiting.actor);
        }
    }

    private void forget(int actor) {
        for (Queues channel : channels) {
            channel.senders.removeIf(waiting -> waiting.actor == actor);
            channel.receivers.removeIf(waiting -> waiting.actor == actor);
        }
    }

    /** Who was woken since the last call, and what each may return. */
    Map<Integer, Set<String>> takeWoken() {
        Map<Integer, Set<String>> taken = Map.copyOf(woken);
        woken.clear();
        return taken;
    }

    /** How full each channel is, and how many wait. */
    String picture() {
        StringBuilder picture = new StringBuilder();
        for (Queues channel : channels) {
            picture.append(String.format(
                    "[%d in buffer, %d sending, %d receiving]",
                    channel.buffer.size(), channel.senders.size(), channel.receivers.size()));
        }
        return picture.toString();
    }

    /** The same of real channels. */
    static String picture(List<Channel<Integer>> channels) {
        StringBuilder picture = new StringBuilder();
        for (Channel<Integer> channel : channels) {
            picture.append(String.format(
                    "[%d in buffer, %d sending, %d receiving]",
                    channel.size(), channel.waitingSenders(), channel.waitingReceivers()));
        }
        return picture.toString();
    }
}
