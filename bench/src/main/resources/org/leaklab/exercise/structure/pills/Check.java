import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    /** In some rounds the first item comes late, in others the consumers do. */
    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> items = List.copyOf(Expect.words(random, 2, 8));
        boolean lateItems = Expect.takesLong(random);
        boolean lateConsumers = !lateItems && Expect.comesLate(random);
        ThreadFactory late = Expect.late(threads, "consumer", 400);
        int handled = Pills.work(
                lateConsumers ? late : threads,
                3 + random.nextInt(3),
                lateItems ? Expect.late(items, 1500) : items);
        Expect.equal(items.size(), handled);
    }
}
