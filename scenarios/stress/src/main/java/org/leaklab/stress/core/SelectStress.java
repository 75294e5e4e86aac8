package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.BRIEF;
import static org.leaklab.stress.Attempt.NO;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.REFUSED;
import static org.leaklab.stress.Attempt.STUCK;
import static org.leaklab.stress.Attempt.ok;
import static org.leaklab.stress.Attempt.received;
import static org.leaklab.stress.Attempt.value;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.leaklab.core.Channel;
import org.leaklab.core.Context;
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
 * Exactly one branch of a select takes effect, and the others leave nothing behind.
 *
 * <p>{@code $ scripts/jcstress -t core.SelectStress}
 */
public final class SelectStress {

    private SelectStress() {}

    /** What was received first, and second, by two selects in a row. */
    private static int receiveTwo(Channel<Integer> one, Channel<Integer> other) throws InterruptedException {
        Select<Integer> either = new Select<Integer>()
                .onReceive(one, value -> value)
                .onReceive(other, value -> value)
                .onTimeout(PATIENCE, () -> STUCK);
        return 10 * either.run() + either.run();
    }

    /** Two senders race one select; each has to wait until it is taken. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1, 12", "1, 1, 21"},
            expect = ACCEPTABLE,
            desc = "one select took one, the next the other")
    @Outcome(expect = FORBIDDEN, desc = "a select took both or none")
    public static class TwoSenders {
        private final Channel<Integer> one = Channel.unbuffered();
        private final Channel<Integer> other = Channel.unbuffered();
        private final Third receiver = new Third(() -> receiveTwo(one, other));

        @Actor
        public void one(III_Result r) {
            r.r1 = ok(() -> one.send(1, PATIENCE));
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = ok(() -> other.send(2, PATIENCE));
        }

        @Arbiter
        public void received(III_Result r) {
            r.r3 = receiver.result();
        }
    }

    /** Two senders with room race one select. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 2, 0", "2, 1, 0"},
            expect = ACCEPTABLE,
            desc = "one is taken, the other stays")
    @Outcome(expect = FORBIDDEN, desc = "both are taken, or none, or the select is still in a queue")
    public static class OneOfTwo {
        private final Channel<Integer> one = Channel.buffered(1);
        private final Channel<Integer> other = Channel.buffered(1);
        private final Third receiver = new Third(() -> new Select<Integer>()
                .onReceive(one, value -> value)
                .onReceive(other, value -> value)
                .onTimeout(PATIENCE, () -> STUCK)
                .run());

        @Actor
        public void one() {
            one.trySend(1);
        }

        @Actor
        public void other() {
            other.trySend(2);
        }

        @Arbiter
        public void taken(III_Result r) {
            r.r1 = receiver.result();
            r.r2 = received(one::tryReceive) + received(other::tryReceive);
            r.r3 = one.waitingReceivers() + other.waitingReceivers();
        }
    }

    /** Both can send or receive, crosswise. */
    @JCStressTest
    @State
    @Outcome(
            id = {"10, 1", "2, 20"},
            expect = ACCEPTABLE,
            desc = "one sent what the other received")
    @Outcome(expect = FORBIDDEN, desc = "both sent, both received, or one is stuck")
    public static class SelectAgainstSelect {
        private final Channel<Integer> there = Channel.unbuffered();
        private final Channel<Integer> back = Channel.unbuffered();

        @Actor
        public void one(II_Result r) {
            r.r1 = value(() -> new Select<Integer>()
                    .onSend(there, 1, () -> 10)
                    .onReceive(back, value -> value)
                    .onTimeout(PATIENCE, () -> STUCK)
                    .run());
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = value(() -> new Select<Integer>()
                    .onReceive(there, value -> value)
                    .onSend(back, 2, () -> 20)
                    .onTimeout(PATIENCE, () -> STUCK)
                    .run());
        }
    }

    /** One sends on either channel, one receives from either. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1", "2, 2"},
            expect = ACCEPTABLE,
            desc = "they met on one channel")
    @Outcome(expect = FORBIDDEN, desc = "they disagree, or one is stuck")
    public static class EitherWay {
        private final Channel<Integer> one = Channel.unbuffered();
        private final Channel<Integer> other = Channel.unbuffered();

        @Actor
        public void sender(II_Result r) {
            r.r1 = value(() -> new Select<Integer>()
                    .onSend(one, 1, () -> 1)
                    .onSend(other, 2, () -> 2)
                    .onTimeout(PATIENCE, () -> STUCK)
                    .run());
        }

        @Actor
        public void receiver(II_Result r) {
            r.r2 = value(() -> new Select<Integer>()
                    .onReceive(other, value -> value)
                    .onReceive(one, value -> value)
                    .onTimeout(PATIENCE, () -> STUCK)
                    .run());
        }
    }

    /** The select gives up soon. */
    @JCStressTest
    @State
    @Outcome(id = "7, 1, 0", expect = ACCEPTABLE, desc = "the value came in time")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "it did not, and both know")
    @Outcome(expect = FORBIDDEN, desc = "they disagree, or the select is still in a queue")
    public static class GivesUp {
        private final Channel<Integer> channel = Channel.unbuffered();
        private final Channel<Integer> silent = Channel.unbuffered();

        @Actor
        public void receiver(III_Result r) {
            r.r1 = value(() -> new Select<Integer>()
                    .onReceive(silent, value -> value)
                    .onReceive(channel, value -> value)
                    .onTimeout(BRIEF, () -> NO)
                    .run());
        }

        @Actor
        public void sender(III_Result r) {
            r.r2 = ok(() -> channel.trySend(7));
        }

        @Arbiter
        public void left(III_Result r) {
            r.r3 = channel.waitingReceivers() + silent.waitingReceivers();
        }
    }

    /** A value or the end of the context. */
    @JCStressTest
    @State
    @Outcome(id = "7, 1, 0", expect = ACCEPTABLE, desc = "the value came first")
    @Outcome(
            id = "2, 0, 0",
            expect = ACCEPTABLE,
            desc = "nobody waited when it was sent; then the context was cancelled")
    @Outcome(expect = FORBIDDEN, desc = "they disagree, or one is stuck, or the select is still in a queue")
    public static class DataOrDone {
        private final Channel<Integer> channel = Channel.unbuffered();
        private final Context context = Context.background().withCancel();

        @Actor
        public void receiver(III_Result r) {
            r.r1 = value(() -> new Select<Integer>()
                    .onReceive(channel, value -> value)
                    .onDone(context, () -> REFUSED)
                    .onTimeout(PATIENCE, () -> STUCK)
                    .run());
        }

        @Actor
        public void sender(III_Result r) {
            r.r2 = ok(() -> channel.trySend(7));
            context.cancel();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r3 = channel.waitingReceivers();
        }
    }
}
