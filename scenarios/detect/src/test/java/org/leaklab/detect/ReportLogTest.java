package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.leaklab.core.ThreadKind;

/** One event a group, with its fields; the same group again only when it is due. */
class ReportLogTest {

    private final List<String> events = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final ReportLog log = new ReportLog(logger(), Duration.ofSeconds(60), now::get);

    private System.Logger logger() {
        return new System.Logger() {
            @Override
            public String getName() {
                return "test";
            }

            @Override
            public boolean isLoggable(Level level) {
                return true;
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
                events.add(level + " " + message);
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String format, Object... params) {
                events.add(level + " " + format);
            }
        };
    }

    private static ThreadReport report(int count) {
        StackTraceElement core = new StackTraceElement("org.leaklab.core.Channel", "send", "Channel.java", 1);
        StackTraceElement user = new StackTraceElement("org.example.Service", "handle", "Service.java", 42);
        StuckGroup group = new StuckGroup(
                count,
                "request",
                ThreadKind.VIRTUAL,
                Thread.State.WAITING,
                "org.leaklab.core.Channel",
                "main",
                Duration.ofSeconds(75),
                List.of(core, user));
        return new ThreadReport("profile", "all", List.of(group), List.of());
    }

    @Test
    void oneEventAGroupWithItsFields() {
        assertThat(log.log(report(3))).isEqualTo(1);
        assertThat(events)
                .containsExactly("WARNING stuck threads detector=profile count=3 kind=virtual state=WAITING"
                        + " waits_on=org.leaklab.core.Channel creator=\"main\" oldest_seconds=75"
                        + " at=org.example.Service.handle(Service.java:42)");
    }

    @Test
    void againOnlyAfterTheIntervalOrWhenItHasDoubled() {
        log.log(report(3));
        assertThat(log.log(report(4))).isZero();
        assertThat(log.log(report(6))).isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(log.log(report(6))).isZero();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(log.log(report(6))).isEqualTo(1);
    }
}
