package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.testing.Eventually;

/** How contexts hang together: what cancels what, who is told, and that no trace is left. */
class ContextTreeTest extends CoreTest {

    private static final int RACES = 500;

    @Test
    void aCancelGoesDownTheTreeAndNotUp() {
        try (Context root = Context.background().withCancel()) {
            Context branch = root.withCancel();
            Context sibling = root.withCancel();
            Context leaf = branch.withValue(Context.TRACE_ID, "1").withTimeout(Duration.ofHours(1));
            Exception why = new Exception("branch");

            branch.cancel(why);

            assertThat(leaf.cause()).isSameAs(why);
            assertThat(leaf.done().isDrained()).isTrue();
            assertThat(sibling.isDone()).isFalse();
            assertThat(root.isDone()).isFalse();
            assertThat(root.dependents()).isEqualTo(1);
            sibling.close();
            assertThat(root.dependents()).isZero();
        }
    }

    @Test
    void aChildOfACancelledContextIsCancelled() {
        Context parent = Context.background().withCancel();
        Exception why = new Exception("why");
        parent.cancel(why);

        assertThat(parent.withCancel().cause()).isSameAs(why);
        assertThat(parent.withTimeout(Duration.ofHours(1)).cause()).isSameAs(why);
        assertThat(parent.withTimeout(Duration.ZERO).cause()).isSameAs(why);
        assertThat(parent.dependents()).isZero();
    }

    @Test
    void aClosedChildLeavesNoTrace() {
        try (Context parent = Context.background().withCancel()) {
            for (int i = 0; i < 1000; i++) {
                try (Context child = parent.withTimeout(Duration.ofHours(1));
                        Context grandchild = child.withCancel()) {
                    assertThat(parent.dependents()).isEqualTo(1);
                    assertThat(child.dependents()).isEqualTo(1);
                    assertThat(grandchild.dependents()).isZero();
                }
            }
            assertThat(parent.dependents()).isZero();
        }
    }

    @Test
    void anExpiredChildLeavesNoTrace() {
        try (Context parent = Context.background().withCancel()) {
            Context child = parent.withTimeout(Duration.ofMillis(1));
            Eventually.until(child::isDone);
            Eventually.until(() -> parent.dependents() == 0);
            assertThat(parent.isDone()).isFalse();
        }
    }

    @Test
    void theEarlierDeadlineHolds() {
        Instant near = Instant.now().plusSeconds(3600);
        Instant far = near.plusSeconds(3600);
        try (Context parent = Context.background().withDeadline(near);
                Context later = parent.withDeadline(far);
                Context plain = parent.withCancel();
                Context distant = Context.background().withDeadline(far);
                Context earlier = distant.withDeadline(near)) {
            assertThat(later.deadline()).isEqualTo(near);
            assertThat(plain.deadline()).isEqualTo(near);
            assertThat(earlier.deadline()).isEqualTo(near);
        }
    }

    @Test
    void aParentsDeadlineExpiresTheChild() throws InterruptedException {
        try (Context parent = Context.background().withTimeout(Duration.ofMillis(5));
                Context child = parent.withTimeout(Duration.ofHours(1))) {
            assertThat(child.done().receive()).isNull();
            assertThat(child.cause()).isInstanceOf(DeadlineExceededException.class);
        }
    }

    @Test
    void noTimeLeftMeansExpiredEvenWhileTheParentsTimerIsLate() {
        for (int i = 0; i < RACES; i++) {
            try (Context parent = Context.background().withTimeout(Duration.ofNanos(1))) {
                assertThat(parent.withTimeout(Duration.ZERO).isDone()).isTrue();
            }
        }
    }

    @Test
    void anActionRunsOnceOnTheThreadThatCancels() {
        Context context = Context.background().withCancel();
        List<Thread> ran = new ArrayList<>();
        context.onDone(() -> ran.add(Thread.currentThread()));
        assertThat(context.dependents()).isEqualTo(1);

        Call<Void> canceller = go(context::cancel);
        assertThat(canceller.failure()).isNull();
        context.cancel();

        assertThat(ran).containsExactly(canceller.thread());
        assertThat(context.dependents()).isZero();
    }

    @Test
    void anActionRunsAtOnceWhenTheContextIsDone() {
        Context context = Context.background().withCancel();
        context.cancel();
        List<Thread> ran = new ArrayList<>();

        Context.Registration registration = context.onDone(() -> ran.add(Thread.currentThread()));

        assertThat(ran).containsExactly(Thread.currentThread());
        registration.close();
    }

    @Test
    void anActionThatWasTakenBackDoesNotRun() {
        Context context = Context.background().withCancel();
        AtomicInteger ran = new AtomicInteger();
        Runnable action = ran::incrementAndGet;
        Context.Registration once = context.onDone(action);
        Context.Registration twice = context.onDone(action);

        once.close();
        once.close();
        assertThat(context.dependents()).isEqualTo(1);
        context.cancel();
        twice.close(); // ran already: nothing happens

        assertThat(ran).hasValue(1);
    }

    @Test
    void theBackgroundTakesActionsAndForgetsThem() {
        Context.Registration registration = Context.background().onDone(() -> {});
        assertThat(Context.background().dependents()).isZero();
        registration.close();
    }

    @Test
    void anActionThatFailsKeepsNobodyFromBeingTold() {
        Context context = Context.background().withCancel();
        AtomicInteger told = new AtomicInteger();
        RuntimeException failure = new IllegalStateException("broken action");
        context.onDone(told::incrementAndGet);
        context.onDone(() -> {
            throw failure;
        });
        context.onDone(told::incrementAndGet);
        Context child = context.withCancel();

        assertThatThrownBy(context::cancel).isSameAs(failure);

        assertThat(told).hasValue(2);
        assertThat(child.isDone()).isTrue();
        assertThat(context.done().isDrained()).isTrue();
    }

    @Test
    void whoeverRegistersDuringACancelIsToldOnce() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Context context = Context.background().withCancel();
            AtomicInteger told = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(2);
            Call<Context> registering = call(() -> {
                start.await();
                context.onDone(told::incrementAndGet);
                return context.withCancel();
            });
            start.await();
            context.cancel();

            assertThat(registering.value().isDone()).isTrue();
            assertThat(told).hasValue(1);
            assertThat(context.dependents()).isZero();
        }
    }

    @Test
    void aChildClosedDuringACancelIsDoneAndForgotten() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Context context = Context.background().withCancel();
            Context child = context.withCancel();
            CyclicBarrier start = new CyclicBarrier(2);
            Call<Void> closing = go(() -> {
                start.await();
                child.close();
            });
            start.await();
            context.cancel();

            assertThat(closing.failure()).isNull();
            assertThat(child.isDone()).isTrue();
            assertThat(context.dependents()).isZero();
        }
    }
}
