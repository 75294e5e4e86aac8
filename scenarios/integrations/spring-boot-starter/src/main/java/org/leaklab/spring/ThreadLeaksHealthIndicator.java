package org.leaklab.spring;

import java.util.List;
import org.leaklab.detect.Deadlock;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.serve.SharedHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Is <em>down</em> only for a deadlock. Leaked threads, suspects and what cannot be seen leave it <em>up</em>; if the
 * look itself fails, it is <em>unknown</em>.
 *
 * <p>The details are {@code scope}, {@code deadlocks} and {@code unseen}, with the words of
 * {@link org.leaklab.detect.Health#json()}. Spring Boot shows them if {@code management.endpoint.health.show-details}
 * says so. An answer is at most one second old, and those who ask at the same time share one look. Safe for use by
 * several threads.
 */
public final class ThreadLeaksHealthIndicator implements HealthIndicator {

    private final SharedHealth health;

    /** Creates an indicator that asks for the health of this JVM. */
    public ThreadLeaksHealthIndicator(SharedHealth health) {
        this.health = health;
    }

    private record Circle(String sentence, List<Stuck> threads) {
        static Circle of(Deadlock.Circle circle) {
            return new Circle(
                    circle.sentence(), circle.threads().stream().map(Stuck::of).toList());
        }
    }

    private record Stuck(String name, long id, String kind, String state, List<String> stack) {
        static Stuck of(ThreadSnapshot thread) {
            return new Stuck(
                    thread.name(),
                    thread.threadId(),
                    LeakedGroup.word(thread.kind()),
                    LeakedGroup.word(thread.state()),
                    thread.stack().stream().map(StackTraceElement::toString).toList());
        }
    }

    @Override
    public Health health() {
        org.leaklab.detect.Health now;
        try {
            now = health.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown()
                    .withDetail("failure", "the look for deadlocks was interrupted")
                    .build();
        } catch (IllegalStateException e) {
            return Health.unknown()
                    .withDetail("failure", String.valueOf(e.getMessage()))
                    .build();
        }
        return (now.up() ? Health.up() : Health.down())
                .withDetail("scope", now.scope())
                .withDetail(
                        "deadlocks", now.deadlocks().stream().map(Circle::of).toList())
                .withDetail("unseen", now.unseen())
                .build();
    }
}
