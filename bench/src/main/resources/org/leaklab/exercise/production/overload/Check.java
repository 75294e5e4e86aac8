import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int requests = 5 + random.nextInt(4);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            expected.add(i * i);
        }
        List<Integer> answers = Overload.work(threads, requests, request -> {
            try {
                Thread.sleep(3);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return request * request;
        });
        Expect.equal(expected, answers);
    }
}
