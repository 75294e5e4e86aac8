package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.NO;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.REFUSED;
import static org.leaklab.stress.Attempt.STUCK;
import static org.leaklab.stress.Attempt.YES;
import static org.leaklab.stress.Attempt.received;
import static org.leaklab.stress.Attempt.value;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Whoever hangs on a context that is cancelled is told, once.
 *
 * <p>{@code $ scripts/jcstress -t core.ContextStress}
 */
public final class ContextStress {

    private ContextStress() {}

    /** Cancel races a registration. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "told once")
    @Outcome(expect = FORBIDDEN, desc = "never told, told twice, or still registered")
    public static class CancelOrRegister {
        private final Context context = Context.background().withCancel();
        private final AtomicInteger told = new AtomicInteger();

        @Actor
        public void canceller() {
            context.cancel();
        }

        @Actor
        public void listener() {
            context.onDone(told::incrementAndGet);
        }

        @Arbiter
        public void left(II_Result r) {
            r.r1 = told.get();
            r.r2 = context.dependents();
        }
    }

    /** Two cancel. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1", "1, 2"},
            expect = ACCEPTABLE,
            desc = "told once; one cause holds")
    @Outcome(expect = FORBIDDEN, desc = "never told, or told twice")
    public static class TwoCancels {
        private final Context context = Context.background().withCancel();
        private final AtomicInteger told = new AtomicInteger();

        public TwoCancels() {
            context.onDone(told::incrementAndGet);
        }

        @Actor
        public void one() {
            context.cancel(new CancellationException("1"));
        }

        @Actor
        public void other() {
            context.cancel(new CancellationException("2"));
        }

        @Arbiter
        public void told(II_Result r) {
            r.r1 = told.get();
            r.r2 = Integer.parseInt(context.cause().getMessage());
        }
    }

    /** Cancel races taking the registration back. */
    @JCStressTest
    @State
    @Outcome(
            id = {"0, 0", "1, 0"},
            expect = ACCEPTABLE,
            desc = "told once or taken back before")
    @Outcome(expect = FORBIDDEN, desc = "told twice, or still registered")
    public static class CancelOrUnregister {
        private final Context context = Context.background().withCancel();
        private final AtomicInteger told = new AtomicInteger();
        private final Context.Registration registration = context.onDone(told::incrementAndGet);

        @Actor
        public void canceller() {
            context.cancel();
        }

        @Actor
        public void listener() {
            registration.close();
        }

        @Arbiter
        public void left(II_Result r) {
            r.r1 = told.get();
            r.r2 = context.dependents();
        }
    }

    /** Cancel races the birth of a child. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the child is done, and the parent has forgotten it")
    @Outcome(expect = FORBIDDEN, desc = "the child lives on, or the parent keeps it")
    public static class CancelOrChild {
        private final Context parent = Context.background().withCancel();
        private Context child;

        @Actor
        public void canceller() {
            parent.cancel();
        }

        @Actor
        public void maker() {
            child = parent.withCancel();
        }

        @Arbiter
        public void left(II_Result r) {
            r.r1 = child.isDone() ? YES : NO;
            r.r2 = parent.dependents();
        }
    }

    /** The parent is cancelled while the child is closed. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "who hangs on the child is told once")
    @Outcome(expect = FORBIDDEN, desc = "never told, told twice, or the parent keeps the child")
    public static class CancelBoth {
        private final Context parent = Context.background().withCancel();
        private final Context child = parent.withCancel();
        private final AtomicInteger told = new AtomicInteger();

        public CancelBoth() {
            child.onDone(told::incrementAndGet);
        }

        @Actor
        public void canceller() {
            parent.cancel();
        }

        @Actor
        public void closer() {
            child.close();
        }

        @Arbiter
        public void left(II_Result r) {
            r.r1 = told.get();
            r.r2 = parent.dependents();
        }
    }

    /** Cancel races a wait for the end; what came before the cancel is seen. */
    @JCStressTest
    @State
    @Outcome(id = "2, 5", expect = ACCEPTABLE, desc = "woken, and sees what came before")
    @Outcome(expect = FORBIDDEN, desc = "a lost wake-up, or woken too early")
    public static class CancelOrWait {
        private final Context context = Context.background().withCancel();
        private int plain;

        @Actor
        public void canceller() {
            plain = 5;
            context.cancel();
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = value(() -> new Select<Integer>()
                    .onDone(context, () -> REFUSED)
                    .onTimeout(PATIENCE, () -> STUCK)
                    .run());
            r.r2 = plain;
        }
    }

    /** Cancel races the receive that would end a wait under the context. */
    @JCStressTest
    @State
    @Outcome(id = "7, 1, 0", expect = ACCEPTABLE, desc = "received before the cancel")
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "cancelled, or not there yet when somebody tried to receive")
    @Outcome(expect = FORBIDDEN, desc = "they disagree, or the sender is still in the queue")
    public static class CancelOrReceive {
        private final Channel<Integer> channel = Channel.unbuffered();
        private final Context context = Context.background().withCancel();
        private final Third sender = new Third(() -> {
            channel.send(context, 7);
            return YES;
        });

        @Actor
        public void receiver(III_Result r) {
            r.r1 = received(channel::tryReceive);
        }

        @Actor
        public void canceller() {
            context.cancel();
        }

        @Arbiter
        public void left(III_Result r) {
            r.r2 = sender.result();
            r.r3 = channel.waitingSenders();
        }
    }
}
