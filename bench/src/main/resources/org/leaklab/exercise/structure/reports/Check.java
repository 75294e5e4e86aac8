import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

public final class Check {

    /** One server answers when all are asked, the others when the work has returned. Each gives up after a while. */
    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> servers = Expect.words(random, 2, 6);
        String fast = servers.get(random.nextInt(servers.size()));
        CountDownLatch asked = new CountDownLatch(servers.size());
        CountDownLatch returned = new CountDownLatch(1);
        AtomicBoolean alone = new AtomicBoolean();
        AtomicBoolean waited = new AtomicBoolean();
        String first = Reports.work(threads, servers, server -> {
            asked.countDown();
            CountDownLatch event = server.equals(fast) ? asked : returned;
            try {
                if (!alone.get() && !waited.get() && !event.await(2, TimeUnit.SECONDS)) {
                    (asked.getCount() > 0 ? alone : waited).set(true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "report of " + server;
        });
        returned.countDown();
        Expect.that(!alone.get(), "it does not ask all servers at the same time");
        Expect.that(!waited.get(), "the first report was there, and it waited two seconds for another one");
        Expect.equal("report of " + fast, first);
    }
}
