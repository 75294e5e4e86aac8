import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void fixed(ThreadFactory threads, Random random) throws Exception {
        StopTest.test(new Ticks(true), threads);
    }

    public static void leaky(ThreadFactory threads, Random random) throws Exception {
        StopTest.test(new Ticks(false), threads);
    }

    private static final class Ticks implements StopTest.Clock {
        private final boolean listens;
        private volatile Thread thread;

        Ticks(boolean listens) {
            this.listens = listens;
        }

        @Override
        public void start(ThreadFactory threads) {
            thread = threads.newThread(() -> {
                while (true) {
                    try {
                        Thread.sleep(20);
                    } catch (InterruptedException e) {
                        if (listens) {
                            if (!Thread.currentThread().isVirtual()) {
                                Expect.pause(150); // it may take its time
                            }
                            return;
                        }
                    }
                }
            });
            thread.start();
        }

        @Override
        public void stop() {
            thread.interrupt();
        }
    }
}
