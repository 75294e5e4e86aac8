package org.leaklab.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;

/** A benchmark's threads work together round after round, and one that does not come through fails the round. */
class CrewTest {

    @ParameterizedTest
    @EnumSource
    void sumsUpRoundAfterRound(ThreadKind kind) throws InterruptedException {
        try (Crew crew = Crew.of(kind, List.of(() -> 1, () -> ThreadKind.of(Thread.currentThread()) == kind ? 2 : 0))) {
            for (int round = 0; round < 100; round++) {
                assertThat(crew.round()).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureInterruptsTheOthersAndFailsThisRoundAndTheNext(ThreadKind kind) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (Crew crew = Crew.of(
                kind,
                List.of(
                        () -> {
                            never.await();
                            return 1;
                        },
                        () -> {
                            throw new IllegalArgumentException("broken");
                        }))) {
            for (int round = 0; round < 2; round++) {
                assertThatThrownBy(crew::round)
                        .isInstanceOf(IllegalStateException.class)
                        .hasRootCauseMessage("broken");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptFailsTheRound(ThreadKind kind) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (Crew crew = Crew.of(kind, List.of(() -> {
            Thread.currentThread().interrupt();
            never.await();
            return 1;
        }))) {
            assertThatThrownBy(crew::round).hasRootCauseInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoundThatDoesNotEndFailsWithTheStacks(ThreadKind kind) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (Crew crew = Crew.of(
                kind,
                List.of(() -> {
                    never.await();
                    return 1;
                }),
                Duration.ofMillis(100))) {
            assertThatThrownBy(crew::round)
                    .hasMessageContaining("a round takes longer than PT0.1S")
                    .hasMessageContaining("crew-0")
                    .hasMessageContaining("CountDownLatch.await");
        }
    }
}
