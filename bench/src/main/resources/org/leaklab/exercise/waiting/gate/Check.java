import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int visitors = 4 + random.nextInt(4);
        List<Thread> made = new CopyOnWriteArrayList<>();
        ThreadFactory notes = task -> {
            Thread thread = threads.newThread(task);
            made.add(thread);
            return thread;
        };
        AtomicBoolean rangEarly = new AtomicBoolean();
        AtomicBoolean hasRung = new AtomicBoolean();
        AtomicBoolean enteredEarly = new AtomicBoolean();
        AtomicInteger entered = new AtomicInteger();
        Runnable bell = () -> {
            long come = made.stream()
                    .filter(thread -> thread.getState() != Thread.State.NEW)
                    .count();
            if (come < visitors) {
                rangEarly.set(true);
            }
            Expect.pause(20); // time for those who do not wait
            hasRung.set(true);
        };
        Runnable enter = () -> {
            if (!hasRung.get()) {
                enteredEarly.set(true);
            }
            entered.incrementAndGet();
        };
        int through = Gate.work(notes, visitors, bell, enter);
        Expect.that(!rangEarly.get(), "the bell rang before all visitors had come");
        Expect.that(!enteredEarly.get(), "a visitor entered before the bell rang");
        Expect.equal(visitors, through);
        Expect.that(entered.get() == visitors, "of " + visitors + " visitors only " + entered + " entered");
    }
}
