package org.leaklab.scenario.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * Two threads read what two {@code sort} programs print, and two others write the lines that these are to sort. All are
 * virtual, and the JVM has two carriers.
 *
 * <p>A read from a pipe blocks in native code. A virtual thread in native code cannot leave its carrier, so both
 * carriers are taken until the programs print. The programs print when they have all lines. The writers, which would
 * write these, get no carrier and never run. Neither does any other virtual thread of the JVM. Here the writers start
 * when both readers read.
 *
 * <p>For a thread that reads from a child process the JVM adds a carrier, but no more than {@code maxPoolSize}, which
 * is 256 unless it is set; here it is two. For a thread that reads a named pipe or a terminal through
 * {@code FileInputStream}, JDK 21 adds one, and JDK 25 and 28 do not. With platform threads nobody needs a carrier, and
 * nothing is stuck.
 *
 * <p>A dump of {@code jcmd Thread.dump_to_file} shows the readers in {@code FileInputStream.readBytes}, and the writers
 * without a frame. {@code jstack} shows the two carriers only; on JDK 25 also the frames of the virtual thread that
 * each carries.
 */
@Leak(
        id = "carriers-taken-by-native-calls",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 4,
        waits = Waits.PROCESS,
        at = "CarriersTakenByNativeCalls.read",
        endedBy = EndedBy.JVM,
        cause = "two readers are in a native call and keep both carriers, and the writers that they wait for get none",
        cure = "make calls that block in native code on platform threads",
        notReported = "The other process can write or end at any time, and no detector of this JVM can "
                + "know that it will not. Count, profile and verify show that the threads are there.",
        seenIn = "CloudNetService/CloudNet#1520",
        unlike = "carriers-taken: there class initializers keep the carriers, here native calls do",
        differs = @Leak.Differs(threads = ThreadKind.PLATFORM, stuck = 0, why = "platform threads need no carrier"),
        ownJvm = {"-Djdk.virtualThreadScheduler.parallelism=2", "-Djdk.virtualThreadScheduler.maxPoolSize=2"})
public final class CarriersTakenByNativeCalls implements Scenario {

    private static final Logger LOG = System.getLogger(CarriersTakenByNativeCalls.class.getName());

    @Override
    public void leaky(Threads threads) throws IOException, InterruptedException {
        CountDownLatch reading = new CountDownLatch(2);
        List<Process> sorts = List.of(startSort(threads), startSort(threads));
        for (Process sort : sorts) {
            BufferedReader output = sort.inputReader();
            threads.start("reader", () -> show(read(output, reading)));
        }
        reading.await();
        for (Process sort : sorts) {
            threads.start("writer", () -> write(sort.outputWriter()));
        }
    }

    @Override
    public void fixed(Threads threads) throws IOException, InterruptedException {
        CountDownLatch reading = new CountDownLatch(2);
        List<Process> sorts = List.of(startSort(threads), startSort(threads));
        for (Process sort : sorts) {
            BufferedReader output = sort.inputReader();
            threads.start("reader", () -> show(onPlatformThread(() -> read(output, reading))));
        }
        reading.await();
        for (Process sort : sorts) {
            threads.start("writer", () -> write(sort.outputWriter()));
        }
    }

    private static <T> T onPlatformThread(Callable<T> call) throws InterruptedException, ExecutionException {
        FutureTask<T> result = new FutureTask<>(call);
        Thread.ofPlatform().name("native reader").start(result);
        return result.get();
    }

    /** Windows and every Unix have a program of this name. */
    private static Process startSort(Threads threads) throws IOException {
        Process process = new ProcessBuilder("sort").redirectErrorStream(true).start();
        threads.closing(process.toHandle()::destroyForcibly);
        return process;
    }

    private static List<String> read(BufferedReader output, CountDownLatch reading) throws IOException {
        List<String> sorted = new ArrayList<>();
        try (output) {
            reading.countDown();
            for (String line; (line = output.readLine()) != null; ) {
                sorted.add(line);
            }
        }
        return sorted;
    }

    private static void write(Writer lines) throws IOException {
        try (lines) {
            lines.write("pear\napple\n");
        }
    }

    private static void show(List<String> sorted) {
        LOG.log(Level.DEBUG, sorted.toString());
    }
}

// java -jar benchmarks.jar run carriers-taken-by-native-calls --idiom jdk
