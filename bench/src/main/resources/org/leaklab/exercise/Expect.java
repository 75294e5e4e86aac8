import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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

    /** Whether threads begin late in this round, so that a sleep is no cure: in every second one, as above. */
    static boolean comesLate(Random random) {
        return random.nextBoolean() && !Thread.currentThread().isVirtual();
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

    /** An exception of one kind or another: who catches what he has seen by its name does not catch the next one. */
    static RuntimeException exception(Random random, String message) {
        return switch (random.nextInt(3)) {
            case 0 -> new IllegalStateException(message);
            case 1 -> new IllegalArgumentException(message);
            default -> new Unexpected(message);
        };
    }

    /** The same with errors. */
    static Error error(Random random, String message) {
        return switch (random.nextInt(3)) {
            case 0 -> new StackOverflowError(message);
            case 1 -> new AssertionError(message);
            default -> new LinkageError(message);
        };
    }

    private static final class Unexpected extends RuntimeException {

        Unexpected(String message) {
            super(message);
        }
    }

    /** The same list, of which the first element takes its time when it is asked for first. */
    static <T> List<T> late(List<T> list, long millis) {
        AtomicBoolean hasCome = new AtomicBoolean();
        return new AbstractList<>() {
            @Override
            public T get(int i) {
                if (i == 0 && !hasCome.getAndSet(true)) {
                    pause(millis);
                }
                return list.get(i);
            }

            @Override
            public int size() {
                return list.size();
            }
        };
    }

    /** A factory of which threads that have such a name begin their work late. */
    static ThreadFactory late(ThreadFactory threads, String name, long millis) {
        return task -> threads.newThread(() -> {
            if (Thread.currentThread().getName().startsWith(name)) {
                pause(millis);
            }
            task.run();
        });
    }

    /** A factory whose threads do their work at the same time: none begins before so many have begun. */
    static final class Together implements ThreadFactory {

        private static final long MOST_SECONDS = 2;

        private final ThreadFactory threads;
        private final CountDownLatch begun;
        private final AtomicBoolean alone = new AtomicBoolean();

        Together(ThreadFactory threads, int count) {
            this.threads = threads;
            this.begun = new CountDownLatch(count);
        }

        @Override
        public Thread newThread(Runnable task) {
            return threads.newThread(() -> {
                meet();
                task.run();
            });
        }

        /** Begins a part of the work, and waits for the others. An interrupt ends that, and is kept. */
        void meet() {
            begun.countDown();
            try {
                if (!begun.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                    alone.set(true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Fails if one had to do its work alone. */
        void check(String otherwise) {
            that(!alone.get(), otherwise);
        }
    }
}
