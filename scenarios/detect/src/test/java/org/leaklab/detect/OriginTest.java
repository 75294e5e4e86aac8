package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** An origin goes on to all threads, and it is known which of them were started where it was open. */
class OriginTest {

    private static boolean isDirect(Launched launched) {
        return Origin.isDirect(new ThreadSource.Watched(launched.thread(), launched));
    }

    @Test
    void onlyAThreadThatWasStartedWhereTheOriginIsOpenIsDirect() throws InterruptedException {
        BlockingQueue<Launched> started = new LinkedBlockingQueue<>();
        Origin origin = new Origin("test");
        Origin inner = new Origin("inner");
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            Launched first;
            try (Origin.Opened opened = origin.open()) {
                first = threads.start("first", () -> {
                    started.add(threads.start("second", () -> {}));
                    try (Origin.Opened here = inner.open()) {
                        started.add(threads.start("of inner", () -> {}));
                    }
                });
            }
            Launched without = threads.start("without", () -> {});
            Launched second = started.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Launched ofInner = started.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(Origin.of(first)).isSameAs(origin);
            assertThat(isDirect(first)).isTrue();
            assertThat(Origin.of(second)).isSameAs(origin);
            assertThat(isDirect(second)).isFalse();
            assertThat(Origin.of(ofInner)).isSameAs(inner);
            assertThat(isDirect(ofInner)).isTrue();
            assertThat(Origin.of(without)).isNull();
            assertThat(isDirect(without)).isFalse();
        }
    }
}
