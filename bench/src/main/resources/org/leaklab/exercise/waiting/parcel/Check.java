import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

public final class Check {

    private static final int STRAY = 3;

    /** In some rounds the library leaves a permit, and gives some more while the carrier is on its way. */
    public static void round(ThreadFactory threads, Random random) throws Exception {
        String parcel = Expect.words(random, 1, 1).getFirst();
        boolean leavesPermits = random.nextBoolean();
        Expect.Together both = new Expect.Together(threads, 2);
        ThreadFactory late = Expect.late(both, "carrier", 8);
        String got = Parcel.work(leavesPermits ? late : both, parcel, () -> {
            if (leavesPermits) {
                leavePermits(Thread.currentThread());
            }
        });
        both.check("the receiver and the carrier should be under way at the same time, and are not");
        Expect.equal(parcel, got);
    }

    private static void leavePermits(Thread receiver) {
        LockSupport.unpark(receiver);
        Thread.startVirtualThread(() -> {
            for (int i = 0; i < STRAY; i++) {
                Expect.pause(1);
                LockSupport.unpark(receiver);
            }
        });
    }
}
