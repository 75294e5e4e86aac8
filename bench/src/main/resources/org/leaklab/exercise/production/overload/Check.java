import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int requests = 5 + random.nextInt(4);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            expected.add(i * i);
        }
        Set<Thread> may = ConcurrentHashMap.newKeySet();
        may.add(Thread.currentThread());
        AtomicInteger made = new AtomicInteger();
        AtomicBoolean inAnother = new AtomicBoolean();
        ThreadFactory notes = task -> {
            made.incrementAndGet();
            Thread thread = threads.newThread(task);
            may.add(thread);
            return thread;
        };
        RoomForOne queue = new RoomForOne();
        int millis = Expect.takesLong(random) ? 150 : 3;
        List<Integer> answers = Overload.work(notes, queue, requests, request -> {
            if (!may.contains(Thread.currentThread())) {
                inAnother.set(true);
            }
            Expect.pause(millis);
            return request * request;
        });
        Expect.that(made.get() <= 1, "it should make one thread, and made " + made);
        Expect.that(!inAnother.get(), "a request was answered in another thread than the pool's and the caller's");
        Expect.that(queue.given.get() > 0, "it does not use the queue that it gets");
        Expect.equal(expected, answers);
    }

    /** Counts what it is given, whether it has room for it or not. */
    private static final class RoomForOne extends ArrayBlockingQueue<Runnable> {

        final AtomicInteger given = new AtomicInteger();

        RoomForOne() {
            super(1);
        }

        @Override
        public boolean offer(Runnable task) {
            given.incrementAndGet();
            return super.offer(task);
        }

        @Override
        public boolean offer(Runnable task, long timeout, TimeUnit unit) throws InterruptedException {
            given.incrementAndGet();
            return super.offer(task, timeout, unit);
        }

        @Override
        public void put(Runnable task) throws InterruptedException {
            given.incrementAndGet();
            super.put(task);
        }
    }
}
