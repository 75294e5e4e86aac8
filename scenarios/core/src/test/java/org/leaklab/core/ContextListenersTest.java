package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.testing.Eventually;

/** What the listeners of one context can do to others: nothing. And deadlines that nothing moves. */
class ContextListenersTest extends CoreTest {

    private static final int DEEP = 100_000;

    @Test
    void anErrorKeepsNobodyFromBeingTold() {
        Context parent = Context.background().withCancel();
        AssertionError broken = new AssertionError("in a test");
        IllegalStateException alsoBroken = new IllegalStateException("too");
        List<String> told = new ArrayList<>();
        parent.onDone(() -> {
            throw broken;
        });
        parent.onDone(() -> told.add("parent"));
        Context child = parent.withCancel();
        child.onDone(() -> {
            told.add("child");
            throw alsoBroken;
        });
        Channel<String> never = Channel.unbuffered();
        Call<String> waiting = call(() -> never.receive(child));
        until(() -> never.waitingReceivers() == 1);

        assertThatThrownBy(parent::cancel).isSameAs(broken).hasSuppressedException(alsoBroken);

        assertThat(child.isDone()).isTrue();
        assertThat(told).containsExactly("parent", "child");
        assertThat(waiting.failure()).isInstanceOf(CancelledException.class);
        assertThat(parent.dependents() + child.dependents()).isZero();
    }

    @Test
    void everybodyIsToldBeforeAnActionRuns() {
        Context parent = Context.background().withCancel();
        List<Boolean> seen = new ArrayList<>();
        List<Context> below = new ArrayList<>();
        parent.onDone(() -> below.forEach(context -> seen.add(context.isDone())));
        below.add(parent.withCancel());
        below.add(below.getFirst().withCancel());
        try (TaskGroup group = TaskGroup.open(parent, threads)) {
            below.add(group.context());
            parent.cancel();
        }
        assertThat(seen).containsExactly(true, true, true);
    }

    @Test
    void aLongChainIsCancelledWithoutRecursion() {
        Context root = Context.background().withCancel();
        Context leaf = root;
        for (int i = 0; i < DEEP; i++) {
            leaf = leaf.withCancel();
        }
        CancelledException why = new CancelledException("why", null);
        root.cancel(why);
        assertThat(leaf.cause()).isSameAs(why);
        assertThat(leaf.dependents() + root.dependents()).isZero();
    }

    @Test
    void aSlowListenerDoesNotDelayTheDeadlineOfAnother() throws InterruptedException {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (Context first = Context.background().withTimeout(Duration.ofMillis(300))) {
            first.onDone(() -> {
                slow.countDown();
                Eventually.until(() -> end.getCount() == 0);
            });
            assertThat(slow.await(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            try (Context stranger = Context.background().withTimeout(Duration.ofMillis(300))) {
                CountDownLatch told = new CountDownLatch(1);
                stranger.onDone(told::countDown);
                assertThatThrownBy(() -> Channel.nil().receive(stranger)).isInstanceOf(DeadlineExceededException.class);
                assertThat(told.await(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                        .as("its own action, while the other's still runs")
                        .isTrue();
            }
        } finally {
            end.countDown();
        }
    }

    @Test
    void aDeadlineDoesNotDependOnTheTimeOfDay() {
        // the hour was given when the system clock stood elsewhere: its time of day is long past, and 1 h is left
        long nanos = Duration.ofHours(1).toNanos();
        try (Context parent = Context.background().expiring(Deadline.in(nanos, Instant.EPOCH), nanos);
                Context soon = parent.withTimeout(Duration.ofMillis(1));
                Context late = parent.withTimeout(Duration.ofHours(2))) {
            until(soon::isDone);
            assertThat(parent.isDone()).isFalse();
            assertThat(late.deadline()).isEqualTo(Instant.EPOCH);
        }
    }

    @Test
    void whoWaitsUnderADeadlineIsSeenToWaitWithALimit() {
        try (Context hour = Context.background().withTimeout(Duration.ofHours(1))) {
            Channel<Integer> channel = Channel.unbuffered();
            Mutex mutex = new Mutex();
            assertThat(mutex.tryLock()).isTrue();
            List<Call<?>> limited = List.of(
                    go(() -> channel.receive(hour)),
                    go(() -> mutex.lock(hour)),
                    go(() -> hour.done().receive()),
                    go(() -> new Select<Integer>()
                            .onReceive(channel, value -> value)
                            .onDone(hour, () -> 0)
                            .run()));
            Call<Void> unlimited = go(() -> Channel.nil().receive());
            limited.forEach(call -> until(() -> call.thread().getState() == Thread.State.TIMED_WAITING));
            until(() -> unlimited.thread().getState() == Thread.State.WAITING);
            hour.cancel();
            limited.subList(0, 2).forEach(call -> assertThat(call.failure()).isInstanceOf(CancelledException.class));
            limited.subList(2, 4).forEach(call -> assertThat(call.failure()).isNull());
            unlimited.interrupt();
            mutex.unlock();
        }
    }

    @Test
    void aTaskOfAGroupWithADeadlineIsLimited() throws Exception {
        try (Context hour = Context.background().withTimeout(Duration.ofHours(1));
                TaskGroup limited = TaskGroup.open(hour, threads);
                TaskGroup open = TaskGroup.open(Context.background(), threads)) {
            limited.fork("limited", () -> Channel.nil().receive());
            open.fork("open", () -> Channel.nil().receive());
            assertThat(threads.live())
                    .allSatisfy(launched -> assertThat(launched.isLimited())
                            .isEqualTo(launched.name().equals("limited")))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aTaskThatSwallowedTheInterruptOfItsDeadlineIsNotLimitedAnyMore() throws Exception {
        AtomicBoolean swallowed = new AtomicBoolean();
        Call<Void> opener = go(() -> {
            try (Context soon = Context.background().withTimeout(Duration.ofMillis(20));
                    TaskGroup group = TaskGroup.open(soon, threads)) {
                group.fork("stubborn", () -> {
                    try {
                        return Channel.nil().receive();
                    } catch (InterruptedException e) {
                        swallowed.set(true);
                        return Channel.nil().receive();
                    }
                });
                group.join();
            }
        });
        until(swallowed::get);
        Launched stubborn = threads.live().stream()
                .filter(launched -> launched.name().equals("stubborn"))
                .findFirst()
                .orElseThrow();
        assertThat(stubborn.isLimited()).isFalse();
        stubborn.thread().interrupt();
        assertThat(opener.failure()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void theStackOfAPlainCloseIsNotFilled() {
        Context closed = Context.background().withCancel();
        closed.close();
        assertThat(closed.cause()).hasMessage("context closed");
        assertThat(closed.cause().getStackTrace()).isEmpty();
        Context cancelled = Context.background().withCancel();
        cancelled.cancel();
        assertThat(cancelled.cause().getStackTrace()).isNotEmpty();
    }
}
