package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.lang.Thread.State;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Select;

/** Ways from what is alive to what is waited for: through views, parts and closures. */
final class PathShapes {

    private PathShapes() {}

    @Shape
    static void viewOfALock(Stage stage) {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Lock view = lock.writeLock();
        view.lock();
        Stage.keep(view);
        Lock other = lock.readLock();
        stage.start(HEALTHY, other::lock);
    }

    @Shape
    static void iterator(Stage stage) {
        LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        Iterator<Object> iterator = queue.iterator();
        Stage.keep(iterator);
        stage.start(HEALTHY, () -> queue.take());
    }

    @Shape
    static void conditionOfAPrivateLock(Stage stage) {
        Meeting meeting = new Meeting();
        Condition condition = meeting.arrived;
        Stage.keep(condition);
        stage.start(HEALTHY, meeting::await);
    }

    /** Its values are in a field of the class object that no dump shows. */
    private static final ClassValue<List<Object>> KEPT = new ClassValue<>() {
        @Override
        protected List<Object> computeValue(Class<?> type) {
            return new CopyOnWriteArrayList<>();
        }
    };

    @Shape
    static void valueOfAClass(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        KEPT.get(PathShapes.class).add(latch);
        stage.start(HEALTHY, latch::await);
    }

    /** The lock alone does not lead to its conditions, and nothing else signals. */
    @Shape
    static void lockOfAPrivateCondition(Stage stage) {
        Meeting meeting = new Meeting();
        Lock lock = meeting.lock;
        Stage.keep(lock);
        stage.start(CERTAIN, meeting::await);
    }

    @Shape
    static void mapOfASleeper(Stage stage) {
        ConcurrentHashMap<String, CountDownLatch> byName = new ConcurrentHashMap<>();
        byName.put("latch", new CountDownLatch(1));
        stage.sleeper(byName);
        CountDownLatch latch = byName.get("latch");
        stage.start(HEALTHY, latch::await);
    }

    private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

    /** A child that sleeps has inherited it; the parent is gone. */
    @Shape
    static void inheritedThreadLocal(Stage stage) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        Thread parent = new Thread(() -> {
            INHERITED.set(latch);
            stage.sleeper("");
        });
        parent.start();
        parent.join();
        stage.start(HEALTHY, latch::await);
    }

    /** A living thread's own handler would run when it fails. */
    @Shape
    static void handlerOfUncaughtExceptions(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> latch.countDown());
            Thread.sleep(TimedShapes.HOUR);
        });
        stage.start(HEALTHY, latch::await);
    }

    /** The most common select of Go: data from a private channel, and done from a living context. */
    @Shape
    static void selectWithALivingContext(Stage stage) {
        Context context = Context.background().withCancel();
        Stage.keep(context);
        stage.start(
                HEALTHY,
                () -> new Select<Object>()
                        .onReceive(Channel.<Object>unbuffered(), value -> 1)
                        .onDone(context, () -> 2)
                        .run());
    }

    @Shape
    static void receiveWithALivingContext(Stage stage) {
        Context context = Context.background().withCancel();
        Stage.keep(context);
        stage.start(HEALTHY, () -> Channel.unbuffered().receive(context));
    }

    @Shape
    static void selectWithAnAbandonedContext(Stage stage) {
        Context context = Context.background().withCancel();
        stage.start(
                CERTAIN,
                () -> new Select<Object>()
                        .onReceive(Channel.<Object>unbuffered(), value -> 1)
                        .onDone(context, () -> 2)
                        .run());
    }

    /** Native code holds it, by a handle of the JVM and not by any object: what C calls back into Java with. */
    @Shape(since = 22, once = true)
    static void upcallFromNativeCode(Stage stage) throws Throwable {
        CountDownLatch latch = new CountDownLatch(1);
        MethodHandle target = MethodHandles.lookup().bind(latch, "countDown", MethodType.methodType(void.class));
        Class<?> linkers = Class.forName("java.lang.foreign.Linker");
        Class<?> descriptors = Class.forName("java.lang.foreign.FunctionDescriptor");
        Class<?> layouts = Class.forName("java.lang.foreign.MemoryLayout");
        Class<?> arenas = Class.forName("java.lang.foreign.Arena");
        Class<?> options = Class.forName("java.lang.foreign.Linker$Option");
        Object layoutsOfNone = java.lang.reflect.Array.newInstance(layouts, 0);
        Object nothing =
                descriptors.getMethod("ofVoid", layoutsOfNone.getClass()).invoke(null, layoutsOfNone);
        Object noOptions = java.lang.reflect.Array.newInstance(options, 0);
        linkers.getMethod("upcallStub", MethodHandle.class, descriptors, arenas, noOptions.getClass())
                .invoke(
                        linkers.getMethod("nativeLinker").invoke(null),
                        target,
                        nothing,
                        arenas.getMethod("global").invoke(null),
                        noOptions);
        stage.start(HEALTHY, latch::await);
    }
}
