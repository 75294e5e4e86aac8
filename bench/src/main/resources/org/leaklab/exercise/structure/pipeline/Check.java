import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> lines = Expect.words(random, 4, 8);
        int bad = 1 + random.nextInt(lines.size() - 1);
        boolean error = random.nextBoolean();
        List<String> collected = Pipeline.work(threads, lines, line -> {
            if (line.equals(lines.get(bad)) && error) {
                throw new StackOverflowError();
            }
            if (line.equals(lines.get(bad))) {
                throw new IllegalArgumentException(line);
            }
            return line.toUpperCase(java.util.Locale.ROOT);
        });
        Expect.equal(
                lines.subList(0, bad).stream().map(line -> line.toUpperCase(java.util.Locale.ROOT)).toList(),
                collected);
    }
}
