import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        int expected = 0;
        for (int i = 0; i < 3 + random.nextInt(4); i++) {
            numbers.add(i);
            expected += i * i;
        }
        boolean fails = random.nextBoolean();
        int sum = Squares.work(threads, numbers, number -> {
            if (fails && number == 2) {
                throw new IllegalArgumentException("two");
            }
            return number * number;
        });
        Expect.equal(fails ? -1 : expected, sum);
    }
}
