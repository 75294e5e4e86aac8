package org.leaklab.scenario.structured;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.pattern.WorkerPool;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A pool of three workers that is never shut down, and whose results are not all received.
 *
 * <p>Two images are asked for and the first answer is enough. The worker with the other result waits to send it, and no
 * thread receives it. The two others wait for jobs, and no thread sends jobs or closes their channel. Only its workers
 * know the pool, and they wait for ever. A pool that is closed where its block ends cancels and joins its workers.
 *
 * <p>In Go: {@code for range 3 { go func() { for job := range jobs { results <- job() } }() }} without a
 * {@code close(jobs)}.
 */
@Leak(
        id = "worker-pool",
        family = Family.STRUCTURED,
        stuck = 3,
        at = {"Channel.send", "Channel.receive"},
        cause = "nobody shuts the pool down or receives the results that are left",
        cure = "close the pool in the block that opened it, and let it keep the results")
public final class WorkerPoolPattern implements Scenario {

    private static final List<String> IMAGES = List.of("cat", "dog");

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        Channel<String> jobs = Channel.buffered(IMAGES.size());
        Channel<String> results = Channel.unbuffered();
        for (int worker = 0; worker < 3; worker++) {
            threads.start("worker", () -> jobs.forEach(image -> results.send(scale(image))));
        }
        for (String image : IMAGES) {
            jobs.send(image);
        }
        results.receive();
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException, ExecutionException {
        try (WorkerPool pool = WorkerPool.open(threads.launcher(), Context.background(), 3, IMAGES.size())) {
            List<WorkerPool.Handle<String>> results = new ArrayList<>();
            for (String image : IMAGES) {
                results.add(pool.submit(context -> scale(image)));
            }
            results.getFirst().get();
        }
    }

    private static String scale(String image) {
        return image + ", small";
    }
}

// java -jar benchmarks.jar run worker-pool --idiom channel
