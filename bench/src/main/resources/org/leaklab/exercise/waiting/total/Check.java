import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int number = random.nextInt(1000);
        boolean takesLong = Expect.takesLong(random);
        boolean bad = !takesLong && random.nextInt(3) == 0;
        int got = Total.work(threads, number + (bad ? " EUR" : ""), text -> {
            if (!bad) {
                Expect.pause(takesLong ? 2500 : number % 2 == 0 ? 250 : 1);
            }
            return Integer.parseInt(text);
        });
        Expect.equal(bad ? -1 : number, got);
    }
}
