import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        String parcel = Expect.words(random, 1, 1).getFirst();
        boolean leavesPermit = random.nextBoolean();
        String got = Parcel.work(threads, parcel, () -> {
            if (leavesPermit) {
                LockSupport.unpark(Thread.currentThread());
            }
        });
        Expect.equal(parcel, got);
    }
}
