import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        String item = Expect.words(random, 1, 1).getFirst();
        Expect.Together both = new Expect.Together(threads, 2);
        ThreadFactory late = Expect.late(both, "supplier", 1500);
        String got = Stock.work(Expect.takesLong(random) ? late : both, item);
        both.check("the buyer and the supplier should be there at the same time, and are not");
        Expect.equal(item, got);
    }
}
