import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

public final class Check {

    public static void fixed(ThreadFactory threads, Random random) throws Exception {
        Semaphore free = new Semaphore(1);
        DeskTest.test(
                task -> {
                    if (!Thread.currentThread().isVirtual()) {
                        Expect.pause(150); // the way to the desk may take its time
                    }
                    free.acquire();
                    try {
                        task.run();
                    } finally {
                        free.release();
                    }
                },
                threads);
    }

    public static void leaky(ThreadFactory threads, Random random) throws Exception {
        Semaphore free = new Semaphore(1);
        AtomicBoolean hasBeen = new AtomicBoolean();
        DeskTest.test(
                task -> {
                    if (!hasBeen.getAndSet(true) && !Thread.currentThread().isVirtual()) {
                        Expect.pause(100); // who sets out second may be there first
                    }
                    free.acquire();
                    task.run();
                    free.release();
                },
                threads);
    }
}
