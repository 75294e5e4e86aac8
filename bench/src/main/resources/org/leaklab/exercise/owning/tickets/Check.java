import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<Integer> wishes = new ArrayList<>(List.of(100, 3, 100));
        int good = 3 + random.nextInt(4);
        for (int i = 0; i < good; i++) {
            wishes.add(i % 2, 1);
        }
        int sold = Tickets.work(threads, 50, wishes, wish -> {
            if (wish == 3) {
                throw new IllegalStateException("no more paper");
            }
        });
        Expect.equal(good, sold);
    }
}
