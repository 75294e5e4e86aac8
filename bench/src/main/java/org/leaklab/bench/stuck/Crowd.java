package org.leaklab.bench.stuck;

import java.time.Duration;
import java.util.List;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher.Task;
import org.leaklab.scenario.Threads;

/** The threads of a population, by who holds them. Not safe for use by several threads. */
interface Crowd {

    /** Starts one more. */
    void start();

    /** Those that are alive and not let go of. */
    List<Thread> held();

    /** How many were started and have not ended, as far as anybody can tell. */
    int count();

    /** All of them are stuck: what need not be held is let go of. */
    default void stuck() {}

    /** Whether a thread that was let go of is held by somebody all the same, in words; empty if none is. */
    default String stillHeld() {
        return "";
    }

    /** Ends all that can be ended; whether that came about in time. */
    boolean end(Duration patience) throws InterruptedException;

    /** Threads of a launcher. */
    record OfLauncher(Threads threads, Task task) implements Crowd {

        @Override
        public void start() {
            threads.launcher().start("stuck", task);
        }

        @Override
        public List<Thread> held() {
            return threads.launcher().live().stream().map(Launched::thread).toList();
        }

        @Override
        public int count() {
            return threads.launcher().liveCount();
        }

        @Override
        public boolean end(Duration patience) throws InterruptedException {
            return threads.release(patience).isEmpty();
        }
    }
}
