package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.Received.Empty;
import org.leaklab.testing.Eventually;

/** What a single context tells. */
class ContextTest extends CoreTest {

    @Test
    void theBackgroundIsNeverDone() throws InterruptedException {
        Context background = Context.background();

        background.throwIfDone();
        assertThat(background.isDone()).isFalse();
        assertThat(background.cause()).isNull();
        assertThat(background.deadline()).isNull();
        assertThat(background.dependents()).isZero();
        assertThat(background.done().tryReceive()).isEqualTo(new Empty<>());
        assertThat(background.done().isDrained()).isFalse();
        assertThat(background).hasToString("background context");
    }

    @Test
    void theBackgroundCannotBeCancelled() {
        assertThatThrownBy(Context.background()::cancel).isInstanceOf(UnsupportedOperationException.class);
        Context.background().close();
        assertThat(Context.background().isDone()).isFalse();
    }

    @Test
    void aCancelledContextSaysWhy() throws InterruptedException {
        Exception why = new Exception("enough");
        Context context = Context.background().withCancel();
        assertThat(context.done().isDrained()).isFalse();

        context.cancel(why);

        assertThat(context.isDone()).isTrue();
        assertThat(context.cause()).isSameAs(why);
        assertThat(context.done().isDrained()).isTrue();
        assertThat(context.done().receive()).isNull();
        assertThatThrownBy(context::throwIfDone)
                .isInstanceOf(CancelledException.class)
                .isInstanceOf(CancellationException.class)
                .hasCause(why);
    }

    @Test
    void onlyTheFirstCancelCounts() {
        Context context = Context.background().withCancel();
        Exception first = new Exception("first");

        context.cancel(first);
        context.cancel(new Exception("second"));
        context.close();

        assertThat(context.cause()).isSameAs(first);
    }

    @Test
    void closingCancels() {
        Context kept;
        try (Context context = Context.background().withCancel()) {
            kept = context;
        }
        assertThat(kept.isDone()).isTrue();
        assertThat(kept.cause()).isInstanceOf(CancelledException.class).hasMessage("context closed");
    }

    @Test
    void doneIsClosedWhenAskedForAfterTheCancel() {
        Context context = Context.background().withCancel();
        context.cancel();
        assertThat(context.done().isDrained()).isTrue();
    }

    @Test
    void doneIsOneAndTheSameChannel() {
        try (Context context = Context.background().withCancel()) {
            assertThat(context.done()).isSameAs(context.done());
        }
    }

    @Test
    void aTimeoutExpires() throws InterruptedException {
        try (Context context = Context.background().withTimeout(Duration.ofMillis(5))) {
            assertThat(context.deadline()).isNotNull();
            assertThat(context.done().receive()).isNull();
            assertThat(context.cause()).isInstanceOf(DeadlineExceededException.class);
            assertThatThrownBy(context::throwIfDone).isInstanceOf(DeadlineExceededException.class);
        }
    }

    @Test
    void aDeadlineExpires() throws InterruptedException {
        Instant deadline = Instant.now().plusMillis(5);
        try (Context context = Context.background().withDeadline(deadline)) {
            assertThat(context.deadline()).isEqualTo(deadline);
            assertThat(context.done().receive()).isNull();
            assertThat(context.cause()).isInstanceOf(DeadlineExceededException.class);
        }
    }

    @Test
    void whatHasNoTimeLeftHasExpiredAlready() {
        assertExpired(Context.background().withTimeout(Duration.ZERO));
        assertExpired(Context.background().withTimeout(Duration.ofSeconds(-1)));
        assertExpired(Context.background().withTimeout(Duration.ofSeconds(Long.MIN_VALUE)));
        assertExpired(Context.background().withDeadline(Instant.now().minusSeconds(1)));
        assertExpired(Context.background().withDeadline(Instant.MIN));
    }

    private static void assertExpired(Context context) {
        assertThat(context.isDone()).isTrue();
        assertThat(context.cause()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void aDistantDeadlineIsNone() {
        try (Context timeout = Context.background().withTimeout(Duration.ofSeconds(Long.MAX_VALUE));
                Context deadline = Context.background().withDeadline(Instant.MAX)) {
            assertThat(timeout.isDone()).isFalse();
            assertThat(deadline.isDone()).isFalse();
            assertThat(deadline.deadline()).isEqualTo(Instant.MAX);
        }
    }

    @Test
    void cancelledBeforeItsDeadlineItKeepsThatCause() {
        Context context = Context.background().withTimeout(Duration.ofMillis(20));
        Exception why = new Exception("before");
        context.cancel(why);

        try (Context later = Context.background().withTimeout(Duration.ofMillis(30))) {
            Eventually.until(later::isDone); // the timer thread is past the first deadline
        }
        assertThat(context.cause()).isSameAs(why);
    }

    @Test
    void theTextSaysHowThingsStand() {
        Context context = Context.background().withTimeout(Duration.ofHours(1));
        assertThat(context.toString()).startsWith("context (open, until ");
        context.cancel(new Exception("enough"));
        assertThat(context.toString()).startsWith("context (enough, until ");
    }

    @Test
    void valuesAreFoundUpTheTree() {
        Context.Key<String> key = new Context.Key<>("colour");
        Context.Key<String> sameName = new Context.Key<>("colour");
        Context outer = Context.background().withValue(key, "red");
        try (Context middle = outer.withCancel()) {
            Context inner = middle.withValue(key, "green");

            assertThat(Context.background().value(key)).isNull();
            assertThat(outer.value(key)).isEqualTo("red");
            assertThat(middle.value(key)).isEqualTo("red");
            assertThat(inner.value(key)).isEqualTo("green");
            assertThat(inner.value(sameName)).isNull();
            assertThat(key).hasToString("colour");
        }
    }

    @Test
    void aContextThatCarriesAValueIsDoneWithTheOneBelow() {
        Context owner = Context.background().withTimeout(Duration.ofHours(1));
        Context carrier = owner.withValue(Context.TRACE_ID, "7");

        assertThat(carrier.deadline()).isEqualTo(owner.deadline());
        assertThat(carrier.done()).isSameAs(owner.done());
        assertThat(owner.dependents()).isZero();
        assertThatThrownBy(carrier::cancel).isInstanceOf(UnsupportedOperationException.class);
        carrier.close();
        assertThat(owner.isDone()).isFalse();

        owner.cancel();
        assertThat(carrier.isDone()).isTrue();
        assertThat(carrier.cause()).isSameAs(owner.cause());
    }

    @Test
    void nullIsNoValueKeyOrCause() {
        try (Context context = Context.background().withCancel()) {
            assertThatThrownBy(() -> context.withValue(Context.TRACE_ID, null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> context.withValue(null, "")).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> context.cancel(null)).isInstanceOf(NullPointerException.class);
        }
    }
}
