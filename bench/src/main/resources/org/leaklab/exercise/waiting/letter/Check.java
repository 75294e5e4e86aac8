import java.util.AbstractList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> letters = List.copyOf(Expect.words(random, 1, 4));
        boolean late = Expect.takesLong(random);
        Expect.equal(letters, Letter.work(threads, late ? new Late(letters) : letters));
    }

    /** Letters of which the first takes its time. */
    private static final class Late extends AbstractList<String> {

        private final List<String> letters;
        private final AtomicBoolean hasCome = new AtomicBoolean();

        Late(List<String> letters) {
            this.letters = letters;
        }

        @Override
        public String get(int i) {
            if (i == 0 && !hasCome.getAndSet(true)) {
                Expect.pause(1500);
            }
            return letters.get(i);
        }

        @Override
        public int size() {
            return letters.size();
        }
    }
}
