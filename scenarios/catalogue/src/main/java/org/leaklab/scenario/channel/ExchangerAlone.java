package org.leaklab.scenario.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Exchanger;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A sensor and a writer swap a full buffer for an empty one, and the sensor leaves after its last full buffer.
 *
 * <p>To the writer, a buffer that is not full is the last one. The sensor hands over what is left at its end, but only
 * if there is something left. Six readings fill buffers of two exactly, so nothing is left. The writer waits in
 * {@code exchange} for a partner, and only the sensor knows the {@link Exchanger}. The writer keeps its stack and its
 * open file. With five or seven readings the program is right.
 *
 * <p>{@code jstack} shows the writer in {@code Exchanger.exchange}, and does not show who its partner was.
 */
@Leak(
        id = "exchanger-alone",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "Exchanger.exchange",
        cause = "one of two threads leaves without the last exchange, and the other one waits for a partner",
        cure = "let both agree on a last exchange that always takes place, here with an empty buffer")
public final class ExchangerAlone implements Scenario {

    private static final int READINGS = 6;
    private static final int SIZE = 2;

    @Override
    public void leaky(Threads threads) {
        Exchanger<List<Integer>> swap = new Exchanger<>();
        threads.start("writer", () -> write(swap));
        threads.start("sensor", () -> {
            List<Integer> rest = measure(swap);
            if (!rest.isEmpty()) {
                swap.exchange(rest);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        Exchanger<List<Integer>> swap = new Exchanger<>();
        threads.start("writer", () -> write(swap));
        threads.start("sensor", () -> {
            List<Integer> rest = measure(swap);
            swap.exchange(rest);
        });
    }

    /** Hands over each full buffer, and returns the one that is not full. */
    private static List<Integer> measure(Exchanger<List<Integer>> swap) throws InterruptedException {
        List<Integer> buffer = new ArrayList<>();
        for (int reading = 0; reading < READINGS; reading++) {
            buffer.add(reading);
            if (buffer.size() == SIZE) {
                buffer = swap.exchange(buffer);
            }
        }
        return buffer;
    }

    /** Writes buffers until one is not full. */
    private static String write(Exchanger<List<Integer>> swap) throws InterruptedException {
        StringBuilder file = new StringBuilder();
        List<Integer> buffer = swap.exchange(new ArrayList<>());
        while (buffer.size() == SIZE) {
            file.append(buffer);
            buffer.clear();
            buffer = swap.exchange(buffer);
        }
        return file.append(buffer).toString();
    }
}

// java -jar benchmarks.jar run exchanger-alone --idiom jdk
