package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.leaklab.core.live.Hooks;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;

/** What a detector that is attached to a launcher is told, and what it has a say in. */
class LaunchHookTest extends CoreTest {

    private Hooks hooks;

    @BeforeEach
    void findHooks() {
        hooks = Launchers.of(threads).hooks();
    }

    private static String name(LiveThread thread) {
        return ((Launched) thread).name();
    }

    @Test
    void hooksSeeEveryStartAndEnd() throws InterruptedException {
        threads.onFailure((launched, failure) -> {});
        List<String> seen = new CopyOnWriteArrayList<>();
        LaunchHook hook = new LaunchHook() {
            @Override
            public void starting(LiveThread thread) {
                boolean known = threads.live().contains((Launched) thread)
                        && thread.thread().getState() == Thread.State.NEW;
                seen.add("starting " + name(thread) + " on "
                        + Thread.currentThread().getName() + " " + known);
            }

            @Override
            public void ended(LiveThread thread, @Nullable Throwable failure) {
                seen.add("ended " + name(thread) + " on "
                        + Thread.currentThread().getName() + " " + failure + " "
                        + threads.live().contains((Launched) thread));
            }
        };
        hooks.attach(hook);
        assertThat(threads.start("fine", () -> {}).join(PATIENCE)).isTrue();
        assertThat(threads.start("failing", () -> {
                            throw new IOException("broken");
                        })
                        .join(PATIENCE))
                .isTrue();
        hooks.detach(hook);
        assertThat(threads.start("unseen", () -> {}).join(PATIENCE)).isTrue();

        assertThat(seen)
                .containsExactly(
                        "starting fine on test body true",
                        "ended fine on fine null true",
                        "starting failing on test body true",
                        "ended failing on failing java.io.IOException: broken true");
    }

    @Test
    void whatHooksThrowWhenTheyAreToldIsDropped() throws InterruptedException {
        for (boolean error : new boolean[] {false, true}) {
            LaunchHook broken = new LaunchHook() {
                @Override
                public Object origin() {
                    fail(error);
                    return "never";
                }

                @Override
                public void starting(LiveThread thread) {
                    fail(error);
                }

                @Override
                public void ended(LiveThread thread, @Nullable Throwable failure) {
                    fail(error);
                }
            };
            hooks.attach(broken);
            Launched launched = threads.start("task", () -> {});
            assertThat(launched.join(PATIENCE)).isTrue();
            assertThat(threads.liveCount()).isZero();
            hooks.detach(broken);
        }
    }

    private static void fail(boolean error) {
        if (error) {
            throw new AssertionError("broken hook");
        }
        throw new IllegalStateException("broken hook");
    }

    @Test
    void theFirstOriginThatIsKnownStaysWithTheThread() throws InterruptedException {
        hooks.attach(saying(null));
        hooks.attach(saying("first"));
        hooks.attach(saying("second"));
        Launched launched = threads.start("task", () -> {});
        assertThat(launched.join(PATIENCE)).isTrue();
        assertThat(((LiveThread) launched).origin()).isEqualTo("first");
    }

    private static LaunchHook saying(@Nullable String origin) {
        return new LaunchHook() {
            @Override
            public @Nullable Object origin() {
                return origin;
            }
        };
    }

    @Test
    void withoutAHookTheLauncherStartsTheThread() throws InterruptedException {
        Launched launched = threads.start("task", () -> {});
        assertThat(launched.join(PATIENCE)).isTrue();
        assertThat(((LiveThread) launched).isStartedByLauncher()).isTrue();
        assertThat(((LiveThread) launched).isStartedByHook()).isFalse();
        assertThat(((LiveThread) launched).origin()).isNull();
    }

    @Test
    void aHookStartsThreadsInAWayOfItsOwn() throws InterruptedException {
        List<String> order = new CopyOnWriteArrayList<>();
        hooks.attach(new LaunchHook() {}); // does not want to
        hooks.attach(new LaunchHook() {
            @Override
            public boolean start(LiveThread thread) {
                order.add("hook");
                thread.unstarted(() -> order.add("first")).start();
                return true;
            }
        });
        Launched launched = threads.start("task", () -> order.add("task"));
        assertThat(launched.join(PATIENCE)).isTrue();
        assertThat(order).containsExactly("hook", "first", "task");
        assertThat(((LiveThread) launched).isStartedByHook()).isTrue();
    }

    @Test
    void aHookForWhomTheSystemHasNoThreadLeftIsALimit() {
        hooks.attach(new LaunchHook() {
            @Override
            public boolean start(LiveThread thread) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        assertThatThrownBy(() -> threads.start("one more", () -> {}))
                .isInstanceOf(Launcher.ThreadLimitException.class)
                .hasMessageContaining("the system cannot start another");
        assertThat(threads.liveCount()).isZero();
    }

    @Test
    void aThreadOfAFactoryIsStartedByOthers() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = threads.factory("made").newThread(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        LiveThread live = (LiveThread) threads.live().getFirst();
        assertThat(live.isStartedByLauncher()).isFalse();
        assertThat(live.isStartedByHook()).isFalse();
        end.countDown();
        assertThat(thread.join(PATIENCE)).isTrue();
    }

    @Test
    void aHookOfAllIsTheirsThatExistAndTheirsThatCome() {
        List<Object> asked = new CopyOnWriteArrayList<>();
        Launcher before = Launcher.of(kind);
        Launchers.attachToAll(new LaunchHook() {
            @Override
            public void starting(LiveThread thread) {
                if (name(thread).startsWith("of all ")) {
                    asked.add(name(thread));
                }
            }
        });
        try (before;
                Launcher after = Launcher.of(kind)) {
            before.start("of all 1", () -> {});
            after.start("of all 2", () -> {});
        }
        assertThat(asked).containsExactly("of all 1", "of all 2");
        assertThatThrownBy(() -> Launchers.of("no launcher"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a launcher: no launcher");
    }
}
