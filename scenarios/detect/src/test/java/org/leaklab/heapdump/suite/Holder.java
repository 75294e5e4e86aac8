package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;
import static org.leaklab.heapdump.suite.Label.UNLESS_INTERRUPTED;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.leaklab.core.Launcher.Task;

/** Who holds what a thread waits for, or the thread: and so, what must be said of the thread. */
enum Holder {
    NOBODY(CERTAIN),

    STATIC_FIELD(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Stage.keep(primitive);
        }
    },

    /** Through a map, a list, an array, an atomic reference and what a lambda captures. */
    DEEP(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Runnable lambda = () -> Reference.reachabilityFence(primitive);
            Stage.keep(Map.of("deep", List.of(new Object[] {new AtomicReference<>(lambda)})));
        }
    },

    METHOD_HANDLE(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) throws ReflectiveOperationException {
            MethodHandle hash = MethodHandles.lookup()
                    .findVirtual(Object.class, "hashCode", java.lang.invoke.MethodType.methodType(int.class));
            Stage.keep(hash.bindTo(primitive));
        }
    },

    STACK_OF_A_SLEEPER(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            stage.sleeper(primitive);
        }
    },

    /** Alive only by a second step: the holder waits itself, for something that is alive. */
    STACK_OF_A_WAITER(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            stage.waiter(primitive);
        }
    },

    STACK_OF_A_LEAKED_THREAD(CERTAIN) {
        @Override
        void hold(Stage stage, Object primitive) {
            stage.leaked(primitive);
        }
    },

    THREAD_LOCAL_OF_A_SLEEPER(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            stage.start(HEALTHY, Thread.State.TIMED_WAITING, inThreadLocal(primitive, () -> Thread.sleep(HOUR)));
        }
    },

    THREAD_LOCAL_OF_A_LEAKED_THREAD(CERTAIN) {
        @Override
        void hold(Stage stage, Object primitive) {
            stage.start(CERTAIN, inThreadLocal(primitive, () -> new CountDownLatch(1).await()));
        }
    },

    OWN_THREAD_LOCAL(CERTAIN) {
        @Override
        Task around(Object primitive, Task wait) {
            return inThreadLocal(primitive, wait);
        }
    },

    /** The thread's own stack keeps it, so whoever has the reference can still ask it. */
    WEAK_REFERENCE(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Stage.keep(new WeakReference<>(primitive));
        }
    },

    /** It gives its referent to nobody. */
    PHANTOM_REFERENCE(CERTAIN) {
        @Override
        void hold(Stage stage, Object primitive) {
            Stage.keep(new PhantomReference<>(primitive, new ReferenceQueue<>()));
        }
    },

    KEY_OF_A_WEAK_MAP(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            WEAK_MAP.put(primitive, "");
        }
    },

    VALUE_OF_A_WEAK_MAP(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Object key = new Object();
            Stage.keep(key);
            WEAK_MAP.put(key, primitive);
        }
    },

    SOFT_REFERENCE(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Stage.keep(new SoftReference<>(primitive));
        }
    },

    /** It would be finalized, which could wake the thread, if the thread itself did not hold it. */
    FINALIZABLE_ON_OWN_STACK(CERTAIN) {
        @Override
        Task around(Object primitive, Task wait) {
            return () -> {
                Finalizable held = new Finalizable(primitive);
                wait.run();
                Reference.reachabilityFence(held);
            };
        }
    },

    ACTION_OF_A_CLEANER(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Object owner = new Object();
            Stage.keep(owner);
            CLEANER.register(owner, () -> Reference.reachabilityFence(primitive));
        }
    },

    SCHEDULED_TASK(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Stage.keep(TIMER.schedule(() -> Reference.reachabilityFence(primitive), 1, TimeUnit.HOURS));
        }
    },

    /** A thread that was never started: what it shall run holds the primitive. */
    SHUTDOWN_HOOK(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Reference.reachabilityFence(primitive)));
        }
    },

    UNSTARTED_VIRTUAL_THREAD(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Stage.keep(Thread.ofVirtual().unstarted(() -> Reference.reachabilityFence(primitive)));
        }
    },

    FIELD_OF_A_DEAD_THREAD(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) throws InterruptedException {
            Thread dead = new HoldingThread(primitive);
            dead.start();
            dead.join();
            Stage.keep(dead);
        }
    },

    STATIC_FIELD_OF_A_LOADED_CLASS(HEALTHY) {
        @Override
        void hold(Stage stage, Object primitive) {
            Stage.keep(OtherLoader.vaultWith(primitive));
        }
    },

    STATIC_FIELD_OF_AN_UNLOADABLE_CLASS(CERTAIN) {
        @Override
        Task around(Object primitive, Task wait) {
            ClassLoader loader = OtherLoader.vaultWith(primitive);
            return () -> {
                wait.run();
                Reference.reachabilityFence(loader);
            };
        }
    },

    HANDLE_IN_A_STATIC_FIELD(UNLESS_INTERRUPTED) {
        @Override
        void holdThread(Stage stage, Thread thread) {
            Stage.keep(thread);
        }
    },

    HANDLE_ON_THE_STACK_OF_A_SLEEPER(UNLESS_INTERRUPTED) {
        @Override
        void holdThread(Stage stage, Thread thread) {
            stage.sleeper(thread);
        }
    },

    HANDLE_ON_THE_STACK_OF_A_WAITER(UNLESS_INTERRUPTED) {
        @Override
        void holdThread(Stage stage, Thread thread) {
            stage.waiter(thread);
        }
    },

    HANDLE_ON_THE_STACK_OF_A_LEAKED_THREAD(CERTAIN) {
        @Override
        void holdThread(Stage stage, Thread thread) {
            stage.leaked(thread);
        }
    };

    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final Map<Object, Object> WEAK_MAP = Collections.synchronizedMap(new WeakHashMap<>());
    private static final Cleaner CLEANER = Cleaner.create();
    private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(
            1, body -> Thread.ofPlatform().daemon().unstarted(body));

    final Label label;

    Holder(Label label) {
        this.label = label;
    }

    /** Starts a thread that waits, as this holder wants it held. */
    <P> void play(Stage stage, Wait<P> wait) throws Exception {
        P primitive = wait.make().apply(stage);
        hold(stage, primitive);
        Task task = around(primitive, waitOn(wait.on(), primitive));
        holdThread(stage, stage.start(label(wait), wait.state(), task));
    }

    /** Nothing but the leaked thread can give what it has. It does not matter what reaches that, or interrupts. */
    private Label label(Wait<?> wait) {
        if (wait.isForALeakedThread() || label == UNLESS_INTERRUPTED && wait.survivesAnInterrupt()) {
            return CERTAIN;
        }
        return label == UNLESS_INTERRUPTED && wait.isWokenByHandle() ? HEALTHY : label;
    }

    /** A method of its own, so that the task knows the primitive and not the stage. */
    private static <P> Task waitOn(Wait.Blocking<P> on, P primitive) {
        return () -> on.on(primitive);
    }

    void hold(Stage stage, Object primitive) throws Exception {}

    Task around(Object primitive, Task wait) {
        return wait;
    }

    void holdThread(Stage stage, Thread thread) {}

    private static Task inThreadLocal(Object value, Task task) {
        return () -> {
            LOCAL.set(value);
            task.run();
        };
    }

    private static final class Finalizable {

        private final Object held;

        Finalizable(Object held) {
            this.held = held;
        }

        @Override
        @SuppressWarnings({"removal", "Finalize"})
        protected void finalize() {
            Reference.reachabilityFence(held);
        }
    }

    private static final class HoldingThread extends Thread {

        private final Object held;

        HoldingThread(Object held) {
            this.held = held;
        }

        @Override
        public void run() {
            Reference.reachabilityFence(held);
        }
    }
}
