import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> letters = Expect.words(random, 1, 4);
        Expect.equal(letters, Letter.work(threads, List.copyOf(letters)));
    }
}
