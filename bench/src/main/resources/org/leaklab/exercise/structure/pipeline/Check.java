import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> lines = Expect.words(random, 4, 8);
        int bad = 1 + random.nextInt(lines.size() - 1);
        boolean error = random.nextBoolean();
        boolean lateLine = Expect.takesLong(random);
        boolean lateStage = !lateLine && Expect.comesLate(random);
        ThreadFactory late = Expect.late(threads, "collector", 400);
        List<String> collected = Pipeline.work(lateStage ? late : threads, lines, line -> {
            if (lateLine && line.equals(lines.getFirst())) {
                Expect.pause(1500);
            }
            if (line.equals(lines.get(bad)) && error) {
                throw Expect.error(random, line);
            }
            if (line.equals(lines.get(bad))) {
                throw Expect.exception(random, line);
            }
            return line.toUpperCase(java.util.Locale.ROOT);
        });
        Expect.equal(
                lines.subList(0, bad).stream().map(line -> line.toUpperCase(java.util.Locale.ROOT)).toList(),
                collected);
    }
}
