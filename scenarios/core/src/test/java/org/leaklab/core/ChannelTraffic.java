package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Received.Closed;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;

/** Every way there is to send to and to receive from a few channels, and now and then a close. */
final class ChannelTraffic implements Traffic {

    private static final int LONGEST_NANOS = 50_000;

    private static final int STEPS_TO_A_CLOSE = 2_000;
    private static final int MOST_CHANNELS = 5;
    private static final int[] CAPACITIES = {0, 0, 1, 3};

    private final List<Channel<Long>> channels;

    /** A few channels, how many and of which capacities says the seed. */
    ChannelTraffic(long seed) {
        channels = new SplittableRandom(seed)
                .ints(1 + Math.floorMod(seed, MOST_CHANNELS), 0, CAPACITIES.length)
                .mapToObj(index -> Channel.<Long>buffered(CAPACITIES[index]))
                .toList();
    }

    @Override
    public void step(SplittableRandom random, Context context, Tally tally) throws InterruptedException {
        int place = random.nextInt(channels.size());
        Channel<Long> channel = channels.get(place);
        if (random.nextInt(STEPS_TO_A_CLOSE) == 0) {
            close(channel);
        }
        switch (random.nextInt(12)) {
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
            case 6 -> received(place, channel.receive(atMost(random)), tally, Late.class);
            case 7 -> received(place, channel.tryReceive(), tally, Empty.class);
            case 8 -> {
                try (Context limited = context.withTimeout(atMost(random))) {
                    sendAlways(channel, limited, place, tally);
                }
            }
            case 9 -> {
                try (Context limited = context.withTimeout(atMost(random))) {
                    received(place, channel.receive(limited), tally);
                }
            }
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

    private static void received(int place, Received<Long> received, Tally tally, Class<?> nothing) {
        if (received instanceof Value<Long> item) {
            tally.received(place, item.value());
        } else if (!(received instanceof Closed)) {
            assertThat(received).isInstanceOf(nothing);
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
        channels.forEach(ChannelTraffic::close);
    }

    private static void close(Channel<?> channel) {
        try {
            channel.close();
        } catch (ClosedException e) {
            assertThat(channel.isClosed()).isTrue(); // somebody was first
        }
    }

    @Override
    public void drain(Tally tally) {
        for (int place = 0; place < channels.size(); place++) {
            assertThat(channels.get(place).size())
                    .isLessThanOrEqualTo(channels.get(place).capacity());
            while (channels.get(place).tryReceive() instanceof Value<Long> item) {
                tally.received(place, item.value());
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
