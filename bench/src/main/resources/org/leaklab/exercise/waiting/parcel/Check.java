import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

public final class Check {

    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    public static void round(ThreadFactory threads, Random random) throws Exception {
        String parcel = Expect.words(random, 1, 1).getFirst();
        boolean leavesPermit = random.nextBoolean();
        List<Thread> made = new CopyOnWriteArrayList<>();
        ThreadFactory notes = task -> {
            Thread thread = threads.newThread(task);
            made.add(thread);
            return thread;
        };
        String got = Parcel.work(notes, parcel, () -> {
            if (leavesPermit) {
                LockSupport.unpark(Thread.currentThread());
            } else {
                awaitBoth(made);
            }
        });
        Expect.equal(parcel, got);
    }

    /** The receiver looks when the carrier is on its way. */
    private static void awaitBoth(List<Thread> made) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < MOST_NANOS
                && (made.size() < 2 || made.stream().anyMatch(thread -> thread.getState() == Thread.State.NEW))) {
            Thread.yield();
        }
    }
}
