package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.HeapDump.Progress;
import org.leaklab.testing.Eventually;

/** Whoever keeps records of threads can leave the records out, with all that they alone lead to. */
class LeftOutTest {

    private static final String NAME = "kept in a record";

    /** What somebody alive keeps of a thread; the task is on nobody's stack. */
    private record Kept(Thread thread, Object[] task) {}

    private static Kept kept;

    @BeforeEach
    void start() {
        CountDownLatch latch = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().name(NAME).start(() -> await(latch));
        Eventually.until(() -> thread.getState() == Thread.State.WAITING);
        kept = new Kept(thread, new Object[] {latch});
    }

    @AfterEach
    void release() throws InterruptedException {
        ((CountDownLatch) kept.task()[0]).countDown();
        kept.thread().join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Findings look(String... leftOut) throws Exception {
        try (RunningJvm jvm = RunningJvm.own()) {
            return HeapDump.analyse(jvm.dump(), Analysis.ofProcess(jvm).leavingOut(Set.of(leftOut)), Progress.NONE);
        }
    }

    private static List<LeakedThread> leaked(Findings findings) {
        return findings.leaked().stream()
                .filter(thread -> thread.name().equals(NAME))
                .toList();
    }

    @Test
    void whatARecordHoldsIsAlive() throws Exception {
        assertThat(leaked(look())).isEmpty();
        assertThat(leaked(look(Kept.class.getName() + ".thread")))
                .as("the task leads to the latch")
                .isEmpty();
    }

    @Test
    void whatOnlyARecordHoldsIsLeakedWithoutIt() throws Exception {
        Findings without = look(Kept.class.getName() + ".thread", Kept.class.getName() + ".task");
        assertThat(without.unknown())
                .as("what the record holds is held by nothing that the dump does not show")
                .noneMatch(thread -> thread.name().equals(NAME));
        assertThat(leaked(without))
                .singleElement()
                .satisfies(thread -> assertThat(thread.verdict()).isEqualTo(Verdict.CERTAIN));
    }
}
