package org.leaklab.core;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Every way there is to send to and to receive from a few channels. */
final class ChannelTraffic implements Traffic {

    private static final int LONGEST_NANOS = 50_000;

    private final List<Channel<Long>> channels =
            List.of(Channel.unbuffered(), Channel.unbuffered(), Channel.buffered(1), Channel.buffered(3));

    @Override
    public void step(SplittableRandom random, Context context, Tally tally) throws InterruptedException {
        int place = random.nextInt(channels.size());
        Channel<Long> channel = channels.get(place);
        switch (random.nextInt(10)) {
            case 0 -> sendAlways(channel, null, place, tally);
            case 1 -> sendAlways(channel, context, place, tally);
            case 2 -> {
                long item = tally.next();
                if (channel.send(item, atMost(random))) {
                    tally.sent(place, item);
                }
            }
            case 3 -> {
                long item = tally.next();
                if (channel.trySend(item)) {
                    tally.sent(place, item);
                }
            }
            case 4 -> received(place, channel.receive(), tally);
            case 5 -> received(place, channel.receive(context), tally);
            case 6 -> received(place, channel.receive(atMost(random)), tally);
            case 7 -> received(place, channel.tryReceive(), tally);
            default -> select(random, context, tally);
        }
    }

    private static void sendAlways(Channel<Long> channel, @Nullable Context context, int place, Tally tally)
            throws InterruptedException {
        long item = tally.next();
        if (context == null) {
            channel.send(item);
        } else {
            channel.send(context, item);
        }
        tally.sent(place, item);
    }

    private static void received(int place, @Nullable Long item, Tally tally) {
        if (item != null) {
            tally.received(place, item);
        }
    }

    private static Duration atMost(SplittableRandom random) {
        return Duration.ofNanos(random.nextInt(LONGEST_NANOS));
    }

    private void select(SplittableRandom random, Context context, Tally tally) throws InterruptedException {
        Select<Boolean> select = new Select<>();
        int clauses = random.nextInt(1, 5);
        for (int clause = 0; clause < clauses; clause++) {
            int place = random.nextInt(channels.size()); // the same one twice is fine
            if (random.nextBoolean()) {
                long item = tally.next();
                select.onSend(channels.get(place), item, () -> {
                    tally.sent(place, item);
                    return true;
                });
            } else {
                select.onReceive(channels.get(place), item -> {
                    received(place, item, tally);
                    return true;
                });
            }
        }
        switch (random.nextInt(4)) {
            case 0 -> select.onDone(context, () -> false);
            case 1 -> select.onTimeout(atMost(random), () -> false);
            case 2 -> select.orElse(() -> false);
            default -> select.onReceive(Channel.<Long>nil(), item -> false);
        }
        select.run();
    }

    @Override
    public void close() {
        channels.forEach(Channel::close);
    }

    @Override
    public void drain(Tally tally) {
        for (int place = 0; place < channels.size(); place++) {
            for (Long item; (item = channels.get(place).tryReceive()) != null; ) {
                tally.received(place, item);
            }
        }
    }

    @Override
    public int waiting() {
        return channels.stream()
                .mapToInt(channel -> channel.waitingSenders() + channel.waitingReceivers())
                .sum();
    }
}
