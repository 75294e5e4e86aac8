import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void fixed(ThreadFactory threads, Random random) throws Exception {
        Semaphore free = new Semaphore(1);
        DeskTest.test(
                task -> {
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
        DeskTest.test(
                task -> {
                    free.acquire();
                    task.run();
                    free.release();
                },
                threads);
    }
}
