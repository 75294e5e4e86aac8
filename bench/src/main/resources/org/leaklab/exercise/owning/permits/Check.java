import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int requests = 5 + random.nextInt(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Integer> asked = ConcurrentHashMap.newKeySet();
        int failed = Permits.work(threads, requests, request -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            asked.add(request);
            Thread.yield();
            inside.decrementAndGet();
            if (request % 4 == 0) {
                throw new IOException("connection refused");
            }
            if (request % 4 == 2) {
                throw new IllegalStateException("not logged in");
            }
        });
        Expect.that(most.get() <= 2, most + " requests were in the service at the same time, and it takes two");
        Expect.that(asked.size() == requests, "of " + requests + " requests it sent only " + asked.size());
        Expect.equal((requests + 1) / 2, failed);
    }
}
