package org.leaklab.scenario.pitfall;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A server that keeps the user of a request in a {@link ThreadLocal} and does not remove it. The next request on the
 * same thread comes without a login, and is answered as Ada.
 *
 * <p>The value belongs to the thread, not to the request. A thread of a pool does not end with the request: it keeps
 * the value, and the next task that runs on it finds Ada where nobody has logged in. No thread is stuck and no detector
 * of stuck threads says anything. The same value is also a memory leak: it stays, with its class and class loader, as
 * long as the pool keeps the thread.
 */
@Leak(
        id = "thread-local-kept-by-pool",
        idiom = Idiom.JDK,
        family = Family.PITFALL,
        stuck = 0,
        wrongAnswer = true,
        cause = "the thread of a pool keeps the thread local of the last request for the next one",
        cure = "remove a thread local in a finally where it is set",
        seenIn = {"thehyve/fairspace#1582", "apache/artemis#4897"})
public final class ThreadLocalKeptByPool implements Scenario {

    private static final ThreadLocal<String> USER = ThreadLocal.withInitial(() -> "nobody");

    @Override
    public void leaky(Threads threads) throws InterruptedException, ExecutionException {
        try (ExecutorService server = server(threads)) {
            server.submit(() -> {
                        USER.set("Ada");
                        answer();
                    })
                    .get();
            WrongAnswer.unless("hello nobody", server.submit(() -> answer()).get());
        }
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException, ExecutionException {
        try (ExecutorService server = server(threads)) {
            server.submit(() -> {
                        USER.set("Ada");
                        try {
                            answer();
                        } finally {
                            USER.remove();
                        }
                    })
                    .get();
            WrongAnswer.unless("hello nobody", server.submit(() -> answer()).get());
        }
    }

    private static ExecutorService server(Threads threads) {
        return Executors.newFixedThreadPool(1, threads.launcher().factory("worker"));
    }

    private static String answer() {
        return "hello " + USER.get();
    }
}

// java -jar benchmarks.jar run thread-local-kept-by-pool --idiom jdk
