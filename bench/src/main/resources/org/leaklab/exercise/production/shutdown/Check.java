import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int jobs = 3 + random.nextInt(4);
        boolean takesLong = Expect.takesLong(random);
        boolean endsWell = takesLong || random.nextBoolean();
        int notDone = Shutdown.work(threads, jobs, () -> {
            try {
                new CountDownLatch(1).await(); // a long job
            } catch (InterruptedException e) {
                if (!endsWell) {
                    throw new IllegalStateException("interrupted", e);
                }
                Expect.pause(takesLong ? 1500 : 1);
            }
        });
        Expect.equal(endsWell ? jobs - 1 : jobs, notDone);
    }
}
