import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** What checks of exercises share. The learner does not get it. */
final class Expect {

    private static final String[] WORDS = {"ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine"};

    private Expect() {}

    /** Fails unless the answer is as expected. */
    static void equal(Object expected, Object got) {
        if (!Objects.equals(expected, got)) {
            throw new AssertionError("it should return " + expected + ", and returned " + got);
        }
    }

    /** Fails unless something holds. */
    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Lets time pass. An interrupt ends that, and is kept. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether something takes long in this round, so that a wait with a time limit is no cure: in one round of four, and
     * on platform threads only, because a check should not take long itself.
     */
    static boolean takesLong(Random random) {
        return random.nextInt(4) == 2 && !Thread.currentThread().isVirtual();
    }

    /** Some words, from one to so many. */
    static List<String> words(Random random, int from, int to) {
        List<String> words = new ArrayList<>();
        int count = from + random.nextInt(to - from + 1);
        for (int i = 0; i < count; i++) {
            words.add(WORDS[random.nextInt(WORDS.length)] + "-" + i);
        }
        return words;
    }
}
