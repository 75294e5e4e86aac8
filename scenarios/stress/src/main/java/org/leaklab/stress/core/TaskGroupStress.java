package org.leaklab.stress.core;

import static org.leaklab.stress.Attempt.NO;
import static org.leaklab.stress.Attempt.PATIENCE;
import static org.leaklab.stress.Attempt.REFUSED;
import static org.leaklab.stress.Attempt.STUCK;
import static org.leaklab.stress.Attempt.YES;
import static org.leaklab.stress.Attempt.done;
import static org.leaklab.stress.Attempt.value;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.core.ThreadKind;
import org.leaklab.stress.Third;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A task of a group that is cancelled never runs or is told, and a join waits for every task that was let in.
 *
 * <p>{@code $ scripts/jcstress -t core.TaskGroupStress}
 */
public final class TaskGroupStress {

    private static final Launcher THREADS = Launcher.of(ThreadKind.VIRTUAL);
    private static final int RAN = 1;

    private TaskGroupStress() {}

    /** Joins, on a thread of its own, so that a join that never returns can be told. */
    private static int join(TaskGroup group) {
        return new Third(() -> {
                    group.join();
                    return YES;
                })
                .result();
    }

    /** Cancel races fork: the task waits for its interrupt. */
    @JCStressTest
    @State
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "cancelled first: the task never ran")
    @Outcome(id = "3, 2, 0", expect = ACCEPTABLE, desc = "forked first: the task was interrupted")
    @Outcome(expect = FORBIDDEN, desc = "nobody told the task, or the join does not return")
    public static class CancelOrFork {
        private final TaskGroup group = TaskGroup.open(Context.background(), THREADS);
        private final CountDownLatch never = new CountDownLatch(1);
        private final AtomicInteger end = new AtomicInteger();

        @Actor
        public void canceller() {
            group.cancel();
        }

        @Actor
        public void forker() {
            done(() -> group.fork(
                    "task",
                    () -> end.addAndGet(
                            value(() -> never.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? RAN : STUCK))));
        }

        @Arbiter
        public void ended(III_Result r) {
            r.r2 = join(group);
            r.r1 = end.get();
            group.close();
            r.r3 = group.context().dependents();
        }
    }

    /** The failure of one task races the fork of another. */
    @JCStressTest
    @State
    @Outcome(
            id = {"0, 1", "3, 1"},
            expect = ACCEPTABLE,
            desc = "the other never ran, or was interrupted; join says who failed")
    @Outcome(expect = FORBIDDEN, desc = "nobody told the other, or the join does not return")
    public static class FailOrFork {
        private final TaskGroup group = TaskGroup.open(Context.background(), THREADS);
        private final CountDownLatch never = new CountDownLatch(1);
        private final AtomicInteger end = new AtomicInteger();

        @Actor
        public void failing() {
            done(() -> group.fork("failing", () -> {
                throw new IllegalArgumentException("on purpose");
            }));
        }

        @Actor
        public void forker() {
            done(() -> group.fork(
                    "task",
                    () -> end.addAndGet(
                            value(() -> never.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? RAN : STUCK))));
        }

        @Arbiter
        public void ended(II_Result r) {
            r.r2 = new Third(() -> {
                        try {
                            group.join();
                            return NO;
                        } catch (TaskFailedException e) {
                            return e.getCause() instanceof IllegalArgumentException ? YES : NO;
                        }
                    })
                    .result();
            r.r1 = end.get();
            group.close();
        }
    }

    /** Join races fork. */
    @JCStressTest
    @State
    @Outcome(id = "5, 1", expect = ACCEPTABLE, desc = "let in: the join waited for the task and sees what it did")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "too late: the task never ran")
    @Outcome(expect = FORBIDDEN, desc = "a task outlived the join, or the join does not return")
    public static class JoinOrFork {
        private final TaskGroup group = TaskGroup.open(Context.background(), THREADS);
        private int plain;

        @Actor
        public void joiner(II_Result r) {
            r.r1 = join(group) == YES ? plain : STUCK;
        }

        @Actor
        public void forker(II_Result r) {
            try {
                r.r2 = done(() -> group.fork("task", () -> plain = 5));
            } catch (IllegalStateException e) {
                r.r2 = REFUSED;
            }
        }
    }

    /** Two fork where one may run at a time. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "both ran, one after the other")
    @Outcome(expect = FORBIDDEN, desc = "both at once, one never, or the join does not return")
    public static class LimitOfOne {
        private final TaskGroup group =
                TaskGroup.open(Context.background(), THREADS).limit(1);
        private int plain;

        @Actor
        public void one(III_Result r) {
            r.r1 = new Third(() -> done(() -> group.fork("one", () -> plain++))).result();
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = new Third(() -> done(() -> group.fork("other", () -> plain++))).result();
        }

        @Arbiter
        public void ended(III_Result r) {
            r.r3 = join(group) == YES ? plain : STUCK;
        }
    }
}
