package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.BRIEF;
import static org.leaklab.stress.Attempt.NO;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.STUCK;
import static org.leaklab.stress.Attempt.YES;
import static org.leaklab.stress.Attempt.done;
import static org.leaklab.stress.Attempt.ok;
import static org.leaklab.stress.Attempt.received;
import static org.leaklab.stress.Attempt.value;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.leaklab.core.Channel;
import org.leaklab.core.Select;
import org.leaklab.stress.Third;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A close comes before a send or after it, and wakes whoever waits.
 *
 * <p>{@code $ scripts/jcstress -t core.CloseStress}
 */
public final class CloseStress {

    private CloseStress() {}

    /** Receives; tells a closed channel, which has no value, from a lost wake-up. */
    private static int receive(Channel<Integer> channel) {
        return value(() -> new Select<Integer>()
                .onReceive(channel, value -> value)
                .onTimeout(PATIENCE, () -> STUCK)
                .run());
    }

    /** Close races a send into the buffer. */
    @JCStressTest
    @State
    @Outcome(id = "1, 7, 0", expect = ACCEPTABLE, desc = "sent first: the value can be received")
    @Outcome(id = "2, 0, 0", expect = ACCEPTABLE, desc = "closed first: the sender is told, and there is no value")
    @Outcome(expect = FORBIDDEN, desc = "both or neither")
    public static class BufferedSend {
        private final Channel<Integer> channel = Channel.buffered(1);

        @Actor
        public void sender(III_Result r) {
            r.r1 = ok(() -> channel.send(7, PATIENCE));
        }

        @Actor
        public void closer() {
            channel.close();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = receive(channel);
            r.r3 = receive(channel);
        }
    }

    /** Close races a send that waits for room. */
    @JCStressTest
    @State
    @Outcome(id = "2, 7, 0", expect = ACCEPTABLE, desc = "the waiting sender is told, and what was in before stays")
    @Outcome(expect = FORBIDDEN, desc = "sent though there is no room, stuck, or a value too few or too many")
    public static class WaitingSend {
        private final Channel<Integer> channel = Channel.buffered(1);

        public WaitingSend() {
            channel.trySend(7);
        }

        @Actor
        public void sender(III_Result r) {
            r.r1 = ok(() -> channel.send(8, PATIENCE));
        }

        @Actor
        public void closer() {
            channel.close();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = receive(channel);
            r.r3 = receive(channel);
        }
    }

    /** Close races a receive that waits. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the receiver is told that nothing will come")
    @Outcome(expect = FORBIDDEN, desc = "it is stuck, or still in the queue")
    public static class WaitingReceive {
        private final Channel<Integer> channel = Channel.unbuffered();

        @Actor
        public void receiver(II_Result r) {
            r.r1 = receive(channel);
        }

        @Actor
        public void closer() {
            channel.close();
        }

        @Arbiter
        public void left(II_Result r) {
            r.r2 = channel.waitingReceivers();
        }
    }

    /** Close races a receive of what is in the buffer. */
    @JCStressTest
    @State
    @Outcome(id = "7, 1", expect = ACCEPTABLE, desc = "received, then drained")
    @Outcome(expect = FORBIDDEN, desc = "the close lost what was sent before")
    public static class Drain {
        private final Channel<Integer> channel = Channel.buffered(1);

        public Drain() {
            channel.trySend(7);
        }

        @Actor
        public void receiver(II_Result r) {
            r.r1 = receive(channel);
        }

        @Actor
        public void closer() {
            channel.close();
        }

        @Arbiter
        public void left(II_Result r) {
            r.r2 = channel.isDrained() ? YES : NO;
        }
    }

    /** Close races a send and a receive that meet. */
    @JCStressTest
    @State
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "they met before the close")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both are told")
    @Outcome(expect = FORBIDDEN, desc = "they disagree, or one is stuck")
    public static class Meeting {
        private final Channel<Integer> channel = Channel.unbuffered();
        private final Third receiver = new Third(() -> receive(channel));

        @Actor
        public void sender(II_Result r) {
            r.r1 = ok(() -> channel.send(7, PATIENCE));
        }

        @Actor
        public void closer() {
            channel.close();
        }

        @Arbiter
        public void received(II_Result r) {
            r.r2 = receiver.result();
        }
    }

    /** Close races a receive that gives up soon. */
    @JCStressTest
    @State
    @Outcome(id = "-2, -2, 0", expect = ACCEPTABLE, desc = "closed in time")
    @Outcome(id = "0, -2, 0", expect = ACCEPTABLE, desc = "late first: the next receive says closed")
    @Outcome(expect = FORBIDDEN, desc = "a value out of nothing, a lost close, or a receiver still in the queue")
    public static class TimedReceive {
        private final Channel<Integer> channel = Channel.unbuffered();

        @Actor
        public void receiver(III_Result r) {
            r.r1 = received(() -> channel.receive(BRIEF));
        }

        @Actor
        public void closer() {
            channel.close();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = received(channel::tryReceive);
            r.r3 = channel.waitingReceivers();
        }
    }

    /** Close races a select that sends or receives. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the closed channel was ready to receive from")
    @Outcome(expect = FORBIDDEN, desc = "it is stuck, or still in a queue")
    public static class WaitingSelect {
        private final Channel<Integer> channel = Channel.unbuffered();
        private final Channel<Integer> silent = Channel.unbuffered();

        @Actor
        public void selecting(II_Result r) {
            r.r1 = value(() -> new Select<Integer>()
                    .onReceive(channel, value -> value)
                    .onSend(silent, 8, () -> 8)
                    .onTimeout(PATIENCE, () -> STUCK)
                    .run());
        }

        @Actor
        public void closer() {
            channel.close();
        }

        @Arbiter
        public void left(II_Result r) {
            r.r2 = channel.waitingReceivers() + silent.waitingSenders();
        }
    }

    /** Two close. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "one closed, the other is told that it came too late")
    @Outcome(expect = FORBIDDEN, desc = "both or neither closed")
    public static class TwoCloses {
        private final Channel<Integer> channel = Channel.unbuffered();

        @Actor
        public void one(II_Result r) {
            r.r1 = done(channel::close);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = done(channel::close);
        }
    }
}
