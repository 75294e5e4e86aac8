import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    /** How long a reader takes to come to its wait, so that a sleep does not bring the order about. */
    private static final long ON_THE_WAY_MILLIS = 300;

    public static void fixed(ThreadFactory threads, Random random) throws Exception {
        CloseTest.test(new Elements(true, false), threads);
    }

    public static void leaky(ThreadFactory threads, Random random) throws Exception {
        CloseTest.test(new Elements(false, !Thread.currentThread().isVirtual()), threads);
    }

    private static final class Elements implements CloseTest.Pipe {
        private final Queue<String> queue = new ArrayDeque<>();
        private final boolean wakesAll;
        private final boolean takesLong;
        private boolean closed;

        Elements(boolean wakesAll, boolean takesLong) {
            this.wakesAll = wakesAll;
            this.takesLong = takesLong;
        }

        @Override
        public synchronized void write(String element) {
            queue.add(element);
            notify();
        }

        @Override
        public String read() throws InterruptedException {
            if (takesLong) {
                Thread.sleep(ON_THE_WAY_MILLIS);
            }
            return take();
        }

        private synchronized String take() throws InterruptedException {
            while (queue.isEmpty() && !closed) {
                wait();
            }
            return queue.poll();
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (wakesAll) {
                notifyAll();
            } else {
                notify();
            }
        }
    }
}
