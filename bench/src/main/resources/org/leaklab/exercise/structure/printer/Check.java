import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> pages = Expect.words(random, 6, 10);
        int printed = Printer.work(threads, pages, page -> {
            if (page.endsWith("-1")) {
                throw Expect.exception(random, "paper jam");
            }
        });
        Expect.equal(pages.size() - 1, printed);
    }
}
