import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int jobs = 3 + random.nextInt(4);
        boolean takesLong = Expect.takesLong(random);
        int well = Countdown.work(threads, jobs, number -> {
            Expect.pause(takesLong && number == 0 ? 2500 : 5);
            if (number == 1) {
                throw Expect.exception(random, "no more paper");
            }
            if (number == 2) {
                throw Expect.error(random, "no more room");
            }
        });
        Expect.equal(jobs - 2, well);
    }
}
