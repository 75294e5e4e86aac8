package org.leaklab.stress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.leaklab.core.Channel;

/** What can be done to a buffered channel, a wait of no time included. */
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class ChannelOperations {

    private static final int CAPACITY = 1;

    private final Channel<Integer> channel = Channel.buffered(CAPACITY);

    @Operation
    public int trySend(@Param(name = "value") int value) {
        return Attempt.ok(() -> channel.trySend(value));
    }

    @Operation
    public int send(@Param(name = "value") int value) {
        return Attempt.ok(() -> channel.send(value, Duration.ZERO));
    }

    @Operation
    public int tryReceive() {
        return Attempt.received(channel::tryReceive);
    }

    @Operation
    public int receive() {
        return Attempt.received(() -> channel.receive(Duration.ZERO));
    }

    @Operation
    public int close() {
        return Attempt.done(channel::close);
    }

    @Operation
    public boolean isDrained() {
        return channel.isDrained();
    }

    /** The same, for one thread. */
    public static class Specification {
        private final Queue<Integer> queue = new ArrayDeque<>();
        private boolean closed;

        public int trySend(int value) {
            if (closed) {
                return Attempt.REFUSED;
            }
            return queue.size() < CAPACITY && queue.add(value) ? Attempt.YES : Attempt.NO;
        }

        public int send(int value) {
            return trySend(value);
        }

        public int tryReceive() {
            return queue.isEmpty() ? (closed ? Attempt.CLOSED : Attempt.NO) : queue.remove();
        }

        public int receive() {
            return tryReceive();
        }

        public int close() {
            if (closed) {
                return Attempt.REFUSED;
            }
            closed = true;
            return Attempt.YES;
        }

        public boolean isDrained() {
            return closed && queue.isEmpty();
        }
    }
}
