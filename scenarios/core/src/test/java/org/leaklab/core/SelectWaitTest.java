package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Received.Empty;

/** Selects that have to wait: what wakes them, and that the clauses that lose leave nothing behind. */
class SelectWaitTest extends CoreTest {

    private static final int MANY = 100_000;
    private static final int ROUNDS = 5_000;

    private final Channel<Integer> left = Channel.unbuffered();
    private final Channel<Integer> right = Channel.unbuffered();

    /** Selects a receive from the left, a send to the right, or the end of the context. */
    private Call<String> waiting(Context context) {
        Call<String> selecting = call(() -> new Select<String>()
                .onReceive(left, value -> "received " + value)
                .onSend(right, 1, () -> "sent")
                .onDone(context, () -> "done")
                .run());
        until(() -> left.waitingReceivers() == 1 && right.waitingSenders() == 1);
        return selecting;
    }

    private void assertNobodyWaits() {
        for (Channel<?> channel : new Channel<?>[] {left, right}) {
            assertThat(channel.waitingSenders()).isZero();
            assertThat(channel.waitingReceivers()).isZero();
        }
    }

    @Test
    void aSenderWakesTheReceiveClause() throws InterruptedException {
        Call<String> selecting = waiting(Context.background());
        left.send(7);
        assertThat(selecting.value()).isEqualTo("received 7");
        assertNobodyWaits();
    }

    @Test
    void aReceiverWakesTheSendClause() throws InterruptedException {
        Call<String> selecting = waiting(Context.background());
        assertThat(right.receive()).isEqualTo(1);
        assertThat(selecting.value()).isEqualTo("sent");
        assertNobodyWaits();
    }

    @Test
    void aClosedChannelWakesTheReceiveClauseWithNull() {
        Call<String> selecting = waiting(Context.background());
        left.close();
        assertThat(selecting.value()).isEqualTo("received null");
        assertNobodyWaits();
    }

    @Test
    void aClosedChannelMakesTheSendClauseThrow() {
        Call<String> selecting = waiting(Context.background());
        right.close();
        assertThat(selecting.failure())
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("send on closed channel");
        assertNobodyWaits();
    }

    @Test
    void aCancelledContextWakesTheDoneClause() {
        Context context = Context.background().withCancel();
        Call<String> selecting = waiting(context);
        context.cancel();
        assertThat(selecting.value()).isEqualTo("done");
        assertNobodyWaits();
        assertThat(done(context).waitingReceivers()).isZero();
    }

    @Test
    void anInterruptEndsItWithoutEffect() {
        try (Context context = Context.background().withCancel()) {
            Call<String> selecting = waiting(context);
            selecting.interrupt();
            assertThat(selecting.failure()).isInstanceOf(InterruptedException.class);
            assertNobodyWaits();
            assertThat(done(context).waitingReceivers()).isZero();
            assertThat(left.trySend(1)).isFalse();
            assertThat(right.tryReceive()).isEqualTo(new Empty<>());
        }
    }

    @Test
    void timeRunsOut() throws InterruptedException {
        String chosen = new Select<String>()
                .onReceive(left, value -> "received")
                .onSend(right, 1, () -> "sent")
                .onTimeout(Duration.ofMillis(5), () -> "late")
                .run();
        assertThat(chosen).isEqualTo("late");
        assertNobodyWaits();
    }

    @Test
    void inTimeIsInTime() {
        Call<String> selecting = call(() -> new Select<String>()
                .onReceive(left, value -> "received " + value)
                .onTimeout(Duration.ofHours(1), () -> "late")
                .run());
        until(() -> left.trySend(3));
        assertThat(selecting.value()).isEqualTo("received 3");
    }

    @Test
    void withoutClausesItBlocksUntilInterrupted() {
        Select<String> empty = new Select<>();
        Call<String> selecting = call(empty::run);
        until(() -> LockSupport.getBlocker(selecting.thread()) == empty);
        assertThat(selecting.isOver()).isFalse();
        selecting.interrupt();
        assertThat(selecting.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void withATimeoutAloneItWaitsForThat() throws InterruptedException {
        long start = System.nanoTime();
        assertThat(new Select<String>()
                        .onTimeout(Duration.ofMillis(5), () -> "late")
                        .run())
                .isEqualTo("late");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
    }

    @Test
    void theSameChannelTwiceIsTwoClausesAndOneEffect() throws InterruptedException {
        Call<String> selecting = call(() -> new Select<String>()
                .onReceive(left, value -> "first " + value)
                .onReceive(left, value -> "second " + value)
                .run());
        until(() -> left.waitingReceivers() == 2);

        left.send(5);

        assertThat(selecting.value()).isEqualTo("first 5");
        assertNobodyWaits();
        assertThat(left.trySend(6)).isFalse();
    }

    @Test
    void aSelectDoesNotMeetItself() throws InterruptedException {
        for (boolean sending : new boolean[] {true, false}) {
            Call<String> selecting = call(() -> new Select<String>()
                    .onSend(left, 1, () -> "sent")
                    .onReceive(left, value -> "received " + value)
                    .run());
            until(() -> left.waitingSenders() == 1 && left.waitingReceivers() == 1);
            assertThat(selecting.isOver()).isFalse();
            if (sending) {
                left.send(2);
            } else {
                assertThat(left.receive()).isEqualTo(1);
            }
            assertThat(selecting.value()).isEqualTo(sending ? "received 2" : "sent");
            assertNobodyWaits();
        }
    }

    @Test
    void twoSelectsMeetOnTheSameChannelsFromBothSides() {
        Call<int[]> one = call(() -> meet(left, right));
        Call<int[]> other = call(() -> meet(right, left));

        int[] first = one.value();
        int[] second = other.value();

        assertThat(first[0]).as("sent by one").isEqualTo(second[1]);
        assertThat(first[1]).as("received by one").isEqualTo(second[0]);
        assertThat(first[0] + first[1]).isEqualTo(ROUNDS);
        assertNobodyWaits();
    }

    /** Sends on both channels and receives from both, whatever comes about; counts sends and receives. */
    private static int[] meet(Channel<Integer> one, Channel<Integer> other) throws InterruptedException {
        int[] counts = new int[2];
        Select<Integer> select = new Select<Integer>()
                .onSend(one, 1, () -> counts[0]++)
                .onReceive(one, value -> counts[1]++)
                .onSend(other, 1, () -> counts[0]++)
                .onReceive(other, value -> counts[1]++);
        for (int round = 0; round < ROUNDS; round++) {
            select.run();
        }
        return counts;
    }

    @Test
    void ofSelectsThatWaitTheFirstIsServedFirst() throws InterruptedException {
        Call<String> first = waiting(Context.background());
        Call<String> second = call(() ->
                new Select<String>().onReceive(left, value -> "second " + value).run());
        until(() -> left.waitingReceivers() == 2);
        left.send(1);
        left.send(2);
        assertThat(first.value()).isEqualTo("received 1");
        assertThat(second.value()).isEqualTo("second 2");
    }

    @Test
    void manySelectsThatTimeOutLeaveNothingOnALongLivedContext() throws InterruptedException {
        try (Context service = Context.background().withCancel()) {
            Select<Boolean> select =
                    new Select<Boolean>().onDone(service, () -> true).onTimeout(Duration.ofNanos(1), () -> false);
            for (int i = 0; i < MANY; i++) {
                assertThat(select.run()).isFalse();
            }
            assertThat(done(service).waitingReceivers()).isZero();
            assertThat(service.dependents()).isZero();
        }
    }

    @Test
    void manySelectsThatAreServedLeaveNothingOnALongLivedContext() {
        try (Context service = Context.background().withCancel()) {
            Channel<Integer> work = Channel.unbuffered();
            Call<Integer> worker = call(() -> {
                int[] received = new int[1];
                Select<Boolean> next = new Select<Boolean>()
                        .onReceive(work, value -> value != null && ++received[0] > 0)
                        .onDone(service, () -> false);
                while (next.run()) {
                    assertThat(done(service).waitingReceivers()).isZero();
                }
                return received[0];
            });
            Call<Void> sender = go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    work.send(i);
                }
                work.close();
            });
            assertThat(worker.value()).isEqualTo(ROUNDS);
            assertThat(sender.failure()).isNull();
            assertThat(done(service).waitingReceivers()).isZero();
            assertThat(service.dependents()).isZero();
        }
    }
}
