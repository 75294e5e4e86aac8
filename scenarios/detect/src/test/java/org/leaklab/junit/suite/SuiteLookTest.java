package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.leaklab.detect.OutsideProbe;
import org.leaklab.detect.ProbeWatch;

/** A look at the end of a suite misses no thread because of what happens while it looks. */
class SuiteLookTest {

    private static final SuiteSettings SETTINGS =
            new SuiteSettings(SuiteSettings.Mode.FAIL, false, null, null, null, Ignored.NONE, 0, false);

    /** Threads that were told of already, as a predicate says. It is asked of each thread that a look has listed. */
    private static final class Told extends HashSet<Long> {

        private final transient LongPredicate told;

        Told(LongPredicate told) {
            this.told = told;
        }

        @Override
        public boolean contains(Object id) {
            return told.test((Long) id);
        }
    }

    private static SuiteReport look(LongPredicate told) throws InterruptedException {
        Set<Long> ids = new Told(told);
        return new SuiteLook(SETTINGS, SuiteKnown.none(), new TestsSeen(), 0, ids).report();
    }

    @Test
    void whoIsStartedAfterTheListByOneThatEndsIsFound() throws InterruptedException {
        Semaphore listed = new Semaphore(0);
        Semaphore end = new Semaphore(0);
        AtomicReference<Thread> leak = new AtomicReference<>();
        Thread starter = Thread.ofPlatform().daemon().start(() -> {
            listed.acquireUninterruptibly();
            leak.set(Thread.ofPlatform().name("leak").daemon().start(end::acquireUninterruptibly));
        });
        try {
            SuiteReport report = look(id -> {
                if (id == starter.threadId()) {
                    listed.release();
                    until(() -> !starter.isAlive());
                    return false;
                }
                return leak.get() == null || id != leak.get().threadId();
            });
            assertThat(report.left())
                    .singleElement()
                    .satisfies(left -> assertThat(left.look().name()).isEqualTo("leak"));
        } finally {
            end.release();
        }
    }

    @Test
    void itEndsWhenNoProbeHidesThreads() throws Exception {
        try (OutsideProbe probe = OutsideProbe.begin()) {
            probe.endWhenAwaitedBy(Thread.currentThread());
            assertThat(look(id -> true).left()).isEmpty();
            assertThat(ProbeWatch.begin().sawProbe()).isFalse();
        }
    }
}
