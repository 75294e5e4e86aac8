package org.leaklab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedCensusTest {

    private static final int HUNDRED = 100;

    private static Census nothing() {
        Census.Numbers none = new Census.Numbers(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        return new Census(none, none, "a test", List.of());
    }

    @Test
    void aHundredShareOneCount() throws InterruptedException {
        AtomicInteger counts = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        SharedCensus census = new SharedCensus(
                () -> {
                    go.await();
                    counts.incrementAndGet();
                    return nothing();
                },
                Duration.ofHours(1));
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<Census>> answers = new ArrayList<>();
        for (int i = 0; i < HUNDRED; i++) {
            CompletableFuture<Census> answer = new CompletableFuture<>();
            answers.add(answer);
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    answer.complete(census.get());
                } catch (InterruptedException e) {
                    answer.completeExceptionally(e);
                }
            }));
        }
        Awaits.untilWaiting(threads);
        go.countDown();
        Census first = answers.getFirst().join();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isSameAs(first));
        assertThat(counts).hasValue(1);
    }

    @Test
    void whoWaitsCanBeInterrupted() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        SharedCensus census = new SharedCensus(
                () -> {
                    never.await();
                    return nothing();
                },
                Duration.ZERO);
        List<Thread> threads = new ArrayList<>();
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 2; i++) { // one counts, one waits for it
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    census.get();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            }));
        }
        Awaits.untilWaiting(threads);
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(interrupted).hasValue(2);
    }
}
