import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread waits for a parcel while another one brings it.
 *
 * <p>Sometimes the receiver goes away with nothing, sometimes it waits for ever. Mend it with park and unpark: the
 * parcel that was brought is returned. The receiver calls a library first, which may use park and unpark too.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check parcel
 */
public final class Parcel {

    private volatile Thread receiver;
    private volatile String parcel;
    private volatile String received;

    /** Returns what was received. */
    public static String work(ThreadFactory threads, String parcel, Runnable library) throws InterruptedException {
        Parcel door = new Parcel();
        Thread receives = threads.newThread(() -> {
            library.run();
            door.received = door.take();
        });
        receives.setName("receiver");
        Thread brings = threads.newThread(() -> door.put(parcel));
        brings.setName("carrier");
        receives.start();
        brings.start();
        receives.join();
        brings.join();
        return door.received;
    }

    private void put(String brought) {
        parcel = brought;
        LockSupport.unpark(receiver);
    }

    private String take() {
        if (parcel == null) {
            receiver = Thread.currentThread();
            LockSupport.park();
        }
        return parcel;
    }
}
