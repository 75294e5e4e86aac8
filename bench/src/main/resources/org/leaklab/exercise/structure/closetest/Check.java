import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void fixed(ThreadFactory threads, Random random) throws Exception {
        CloseTest.test(new Elements(true), threads);
    }

    public static void leaky(ThreadFactory threads, Random random) throws Exception {
        CloseTest.test(new Elements(false), threads);
    }

    private static final class Elements implements CloseTest.Pipe {
        private final Queue<String> queue = new ArrayDeque<>();
        private final boolean wakesAll;
        private boolean closed;

        Elements(boolean wakesAll) {
            this.wakesAll = wakesAll;
        }

        @Override
        public synchronized void write(String element) {
            queue.add(element);
            notify();
        }

        @Override
        public synchronized String read() throws InterruptedException {
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
