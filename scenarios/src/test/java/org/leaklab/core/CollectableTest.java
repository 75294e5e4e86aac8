package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.Eventually.PATIENCE;
import static org.leaklab.Eventually.until;

import org.junit.jupiter.api.Test;

/** What the JDK keeps of a thread that nothing in it shall hold: something while it lives, and nothing afterwards. */
class CollectableTest {

    @Test
    void theRegisterForgetsAThreadThatEnded() throws InterruptedException {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            threads.startCollectable(true);
            Channel<Integer> go = Channel.unbuffered();
            Launch launch = (Launch) threads.start("waits", go::receive);
            assertThat(launch.isCollectable()).isTrue();
            assertThat(launch.isRegistered()).isEqualTo(!Collectable.byDefault());
            assertThat(go.send(1, PATIENCE)).isTrue();
            until(() -> !launch.isRegistered());
        }
    }

    @Test
    void theRegisterForgetsAThreadThatFailed() {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            threads.startCollectable(true);
            threads.onFailure((launched, failure) -> {});
            Launch launch = (Launch) threads.start("fails", () -> {
                throw new IllegalArgumentException("planted");
            });
            until(() -> !launch.isRegistered());
        }
    }
}
