package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.testing.Eventually;

/** Names of threads and tasks in the messages of the core: no terminal and no log acts on them. */
class PrintedNamesTest extends CoreTest {

    private static final String NAME = "a\nb\u001b[2Jc\u202ed";
    private static final String PRINTED = "a\\nb\\u001B[2Jc\\u202Ed";

    @Test
    void everyMessageEscapesThem() throws Exception {
        List<String> messages = new ArrayList<>();
        Launcher one = Launcher.of(kind, 1);
        Mutex mutex = new Mutex();
        Launched holder = one.start(NAME, () -> {
            mutex.lock();
            Channel.nil().receive();
        });
        Eventually.until(() -> mutex.owner() != null);
        messages.add(holder.toString());
        messages.add(mutex.toString());
        messages.add(messageOf(mutex::unlock));
        messages.add(messageOf(() -> one.start(NAME, () -> {})));
        messages.add(messageOf(one::join));
        assertThat(one.shutdownNow(PATIENCE)).isEmpty();
        messages.add(messageOf(() -> one.start(NAME, () -> {})));
        Launcher other = Launcher.of(kind);
        try (TaskGroup group = TaskGroup.open(Context.background(), other).limit(1)) {
            group.fork(NAME, () -> {
                messages.add(messageOf(group::join));
                messages.add(messageOf(() -> group.fork(NAME, () -> 1)));
                throw new IllegalStateException("failed");
            });
            messages.add(messageOf(group::join));
            messages.add(messageOf(() -> group.fork(NAME, () -> 1)));
        }
        Call<String> own = new Call<>(other, NAME, () -> messageOf(other::join));
        messages.add(own.value());

        assertThat(messages)
                .hasSize(11)
                .allSatisfy(message -> assertThat(message).contains(PRINTED).doesNotContain("\n", "\u001b", "\u202e"));
    }

    private static String messageOf(Launcher.Task body) throws InterruptedException {
        try {
            body.run();
            return "nothing was thrown";
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
