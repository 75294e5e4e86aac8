import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> servers = Expect.words(random, 2, 6);
        CountDownLatch two = new CountDownLatch(2);
        AtomicBoolean alone = new AtomicBoolean();
        String first = Reports.work(threads, servers, server -> {
            two.countDown();
            try {
                if (!alone.get() && !two.await(1, TimeUnit.SECONDS)) {
                    alone.set(true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "report of " + server;
        });
        Expect.that(!alone.get(), "it does not ask all servers at the same time");
        Expect.that(
                first != null && servers.contains(first.replace("report of ", "")), "it returned no report: " + first);
    }
}
