package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Where the collector itself is the one that wakes, by putting references into queues. */
final class ReferenceShapes {

    private ReferenceShapes() {}

    private static void reap(ReferenceQueue<Object> queue, Object references) throws InterruptedException {
        queue.remove();
        Reference.reachabilityFence(references);
    }

    /** As every reaper: it alone has the queue and the references, and the program has what they refer to. */
    @Shape
    static void reaperOfLivingObjects(Stage stage) {
        Object resource = new Object();
        Stage.keep(resource);
        stage.start(HEALTHY, () -> {
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            reap(queue, Set.of(new PhantomReference<>(resource, queue)));
        });
    }

    @Shape
    static void reaperByWeakReferences(Stage stage) {
        Object resource = new Object();
        stage.sleeper(resource);
        stage.start(HEALTHY, () -> {
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            reap(queue, List.of(new WeakReference<>(resource, queue)));
        });
    }

    @Shape
    static void reaperBySoftReferences(Stage stage) {
        Object resource = new Object();
        Stage.keep(resource);
        stage.start(HEALTHY, () -> {
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            reap(queue, List.of(new SoftReference<>(resource, queue)));
        });
    }

    /** The program has a reference that belongs to the queue; whatever it referred to is on nobody's stack. */
    @Shape
    static void referenceIsHeld(Stage stage) {
        Object resource = new Object();
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        Stage.keep(resource);
        Stage.keep(new WeakReference<>(resource, queue));
        stage.start(HEALTHY, () -> queue.remove());
    }

    /** The references are gone, so nothing will ever come into the queue. */
    @Shape
    static void withoutReferences(Stage stage) {
        stage.start(CERTAIN, () -> reap(new ReferenceQueue<>(), List.of()));
    }

    private static final class WithLatch extends WeakReference<Object> {

        private final CountDownLatch latch = new CountDownLatch(1);

        WithLatch(Object referent) {
            super(referent);
        }
    }

    /** Only the referent of a weak reference is weak: its other fields are as strong as anybody's. */
    @Shape
    static void fieldOfAWeakReference(Stage stage) {
        WithLatch reference = new WithLatch("");
        Stage.keep(reference);
        CountDownLatch latch = reference.latch;
        stage.start(HEALTHY, latch::await);
    }

    /** The JVM keeps a thread that has not ended, so whoever has the reference has the thread. */
    @Shape
    static void weakHandle(Stage stage) {
        Stage.keep(new WeakReference<>(stage.start(Label.UNLESS_INTERRUPTED, () -> new CountDownLatch(1).await())));
    }

    @Shape
    static void softHandle(Stage stage) {
        Stage.keep(new SoftReference<>(stage.start(Label.UNLESS_INTERRUPTED, () -> new CountDownLatch(1).await())));
    }
}
