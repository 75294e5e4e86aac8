package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.BRIEF;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.YES;
import static org.leaklab.stress.Attempt.ok;
import static org.leaklab.stress.Attempt.received;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.leaklab.core.Channel;
import org.leaklab.stress.Attempt;
import org.leaklab.stress.Third;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A value that is sent is received once, whoever waits, gives up or only tries.
 *
 * <p>{@code $ scripts/jcstress -t core.ChannelStress}
 */
public final class ChannelStress {

    private ChannelStress() {}

    /** One sends, one receives. */
    @JCStressTest
    @State
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "the value passed")
    @Outcome(expect = FORBIDDEN, desc = "a lost value or a lost wake-up")
    public static class Rendezvous {
        private final Channel<Integer> channel = Channel.unbuffered();

        @Actor
        public void sender(II_Result r) {
            r.r1 = ok(() -> channel.send(7, PATIENCE));
        }

        @Actor
        public void receiver(II_Result r) {
            r.r2 = received(() -> channel.receive(PATIENCE));
        }
    }

    /** Two values through room for one: the second send waits for the first receive, or the receiver for either. */
    @JCStressTest
    @State
    @Outcome(id = "2, 12", expect = ACCEPTABLE, desc = "both passed, in order")
    @Outcome(expect = FORBIDDEN, desc = "lost, doubled or overtaken")
    public static class Buffered {
        private final Channel<Integer> channel = Channel.buffered(1);

        @Actor
        public void sender(II_Result r) {
            r.r1 = ok(() -> channel.send(1, PATIENCE)) + ok(() -> channel.send(2, PATIENCE));
        }

        @Actor
        public void receiver(II_Result r) {
            r.r2 = 10 * received(() -> channel.receive(PATIENCE)) + received(() -> channel.receive(PATIENCE));
        }
    }

    /** What a sender wrote before is seen by who received. */
    @JCStressTest
    @State
    @Outcome(
            id = {"0, 0", "1, 5"},
            expect = ACCEPTABLE,
            desc = "nothing received, or all that came before")
    @Outcome(expect = FORBIDDEN, desc = "received, but not what came before it")
    public static class Publication {
        private final Channel<Integer> channel = Channel.buffered(1);
        private int plain;

        @Actor
        public void sender() {
            plain = 5;
            channel.trySend(1);
        }

        @Actor
        public void receiver(II_Result r) {
            r.r1 = received(channel::tryReceive);
            r.r2 = r.r1 == 0 ? 0 : plain;
        }
    }

    /** One tries to send, one tries to receive. */
    @JCStressTest
    @State
    @Outcome(id = "1, 7, 0", expect = ACCEPTABLE, desc = "received at once")
    @Outcome(id = "1, 0, 7", expect = ACCEPTABLE, desc = "too early to receive: it stays")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    public static class TrySendTryReceive {
        private final Channel<Integer> channel = Channel.buffered(1);

        @Actor
        public void sender(III_Result r) {
            r.r1 = ok(() -> channel.trySend(7));
        }

        @Actor
        public void receiver(III_Result r) {
            r.r2 = received(channel::tryReceive);
        }

        @Arbiter
        public void left(III_Result r) {
            r.r3 = received(channel::tryReceive);
        }
    }

    /** Two senders try for the only place. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0, 1", "0, 1, 2"},
            expect = ACCEPTABLE,
            desc = "one is in")
    @Outcome(expect = FORBIDDEN, desc = "both or neither, or the wrong one")
    public static class OnePlace {
        private final Channel<Integer> channel = Channel.buffered(1);

        @Actor
        public void one(III_Result r) {
            r.r1 = ok(() -> channel.trySend(1));
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = ok(() -> channel.trySend(2));
        }

        @Arbiter
        public void inside(III_Result r) {
            r.r3 = received(channel::tryReceive);
        }
    }

    /** Two receivers try for the only value. */
    @JCStressTest
    @State
    @Outcome(
            id = {"7, 0", "0, 7"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    public static class OneValue {
        private final Channel<Integer> channel = Channel.buffered(1);

        public OneValue() {
            channel.trySend(7);
        }

        @Actor
        public void one(II_Result r) {
            r.r1 = received(channel::tryReceive);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = received(channel::tryReceive);
        }
    }

    /** Two senders meet one receiver, who takes both. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1, 12", "1, 1, 21"},
            expect = ACCEPTABLE,
            desc = "both passed")
    @Outcome(expect = FORBIDDEN, desc = "lost or doubled")
    public static class TwoSenders {
        private final Channel<Integer> channel = Channel.unbuffered();
        private final Third receiver = new Third(() -> 10 * Attempt.received(() -> channel.receive(PATIENCE))
                + Attempt.received(() -> channel.receive(PATIENCE)));

        @Actor
        public void one(III_Result r) {
            r.r1 = ok(() -> channel.send(1, PATIENCE));
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = ok(() -> channel.send(2, PATIENCE));
        }

        @Arbiter
        public void received(III_Result r) {
            r.r3 = receiver.result();
        }
    }

    /** Both give up soon. */
    @JCStressTest
    @State
    @Outcome(id = "1, 7, 0", expect = ACCEPTABLE, desc = "they met")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "they missed each other, and both know")
    @Outcome(expect = FORBIDDEN, desc = "they disagree, or one is still in the queue")
    public static class BothGiveUp {
        private final Channel<Integer> channel = Channel.unbuffered();

        @Actor
        public void sender(III_Result r) {
            r.r1 = ok(() -> channel.send(7, BRIEF));
        }

        @Actor
        public void receiver(III_Result r) {
            r.r2 = received(() -> channel.receive(BRIEF));
        }

        @Arbiter
        public void left(III_Result r) {
            r.r3 = channel.waitingSenders() + channel.waitingReceivers();
        }
    }

    /** A waiting send, a receive and an interrupt. */
    @JCStressTest
    @State
    @Outcome(id = "7, 1, 0", expect = ACCEPTABLE, desc = "the receive came first")
    @Outcome(id = "0, 3, 0", expect = ACCEPTABLE, desc = "the interrupt came first, or the receive before the send")
    @Outcome(expect = FORBIDDEN, desc = "they disagree, or the sender is still in the queue")
    public static class InterruptedSend {
        private final Channel<Integer> channel = Channel.unbuffered();
        private final Third sender = new Third(() -> {
            channel.send(7);
            return YES;
        });

        @Actor
        public void receiver(III_Result r) {
            r.r1 = received(channel::tryReceive);
        }

        @Actor
        public void interrupter() {
            sender.interrupt();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = sender.result();
            r.r3 = channel.waitingSenders();
        }
    }
}
