package org.leaklab.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher.Task;

/** A batch does all of its operations, an empty one none of them. */
class BatchesTest {

    private final AtomicInteger operations = new AtomicInteger();

    @Test
    void aBatchDoesAllAndAnEmptyOneNone() throws Exception {
        Batches batches = new Batches(Task::run, i -> operations.incrementAndGet());
        batches.run();
        assertThat(operations).hasValue(Batches.SIZE);
        batches.runEmpty();
        assertThat(operations).hasValue(Batches.SIZE);
    }

    /** As one that does not wait for the thread that does the operations. */
    @Test
    void oneThatReturnsTooEarlyIsCaught() {
        Batches batches = new Batches(loop -> {}, i -> operations.incrementAndGet());
        assertThatIllegalStateException()
                .isThrownBy(batches::run)
                .withMessage("a batch has ended before its " + Batches.SIZE + " operations were done");
    }
}
