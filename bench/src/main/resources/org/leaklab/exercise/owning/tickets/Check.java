import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    /** More buyers want a ticket than there are, two want too many, and the log fails for one. */
    public static void round(ThreadFactory threads, Random random) throws Exception {
        int tickets = 3 + random.nextInt(4);
        List<Integer> wishes = new ArrayList<>(List.of(3, 100, 100));
        for (int i = 0; i < tickets + 2; i++) {
            wishes.add(i % 2 + 1, 1);
        }
        boolean error = random.nextBoolean();
        int sold = Tickets.work(threads, tickets, wishes, wish -> {
            if (wish == 3 && error) {
                throw Expect.error(random, "no more paper");
            }
            if (wish == 3) {
                throw Expect.exception(random, "no more paper");
            }
            Expect.pause(1); // time for those who have looked already
        });
        Expect.equal(tickets, sold);
    }
}
