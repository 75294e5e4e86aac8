package org.leaklab.bench.latency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Sends requests from a JVM of its own, so that neither the collector nor the compiler nor the scheduler of the service
 * is the load's too: what stops the service does not stop the clock that its answers are measured by.
 *
 * <p>The JVM lives from one experiment to the next and is warm then. It is given what it needs and no more: a small
 * heap and the simplest collector. A daemon thread reads its answers. So a thread that waits for one can be
 * interrupted.
 */
final class RemoteLoad implements Load {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String END = "failed the JVM of the load has ended";

    private final Process process;
    private final PrintWriter orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private RemoteLoad(Process process) {
        this.process = process;
        this.orders = new PrintWriter(process.outputWriter(US_ASCII), true);
    }

    /** Starts the JVM, of the JDK that this one is of. */
    static RemoteLoad start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RemoteLoad load = new RemoteLoad(process);
        Thread.ofPlatform().name("answers of the load").daemon().start(load::read);
        return load;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(US_ASCII)) {
            lines.lines().forEach(answers::add);
        } catch (IOException | RuntimeException e) {
            answers.add("failed " + e);
        }
        answers.add(END);
    }

    @Override
    public void open(InetSocketAddress service, int rate, int requests) throws IOException, InterruptedException {
        orders.println("open " + service.getPort() + " " + rate + " " + requests);
        answer("done", longest(rate, requests));
    }

    @Override
    public Sent send(int rate, int requests, Consumer<Histogram> intervals) throws IOException, InterruptedException {
        orders.println("send " + rate + " " + requests);
        while (true) {
            String[] answer = answer("interval|sent", longest(rate, requests));
            if (answer[0].equals("sent")) {
                return new Sent(Integer.parseInt(answer[1]), Long.parseLong(answer[2]), Long.parseLong(answer[3]));
            }
            intervals.accept(LoadMain.decoded(answer));
        }
    }

    private static Duration longest(int rate, int requests) {
        return Duration.ofMillis(1000L * requests / rate)
                .plus(Experiment.TIMEOUT)
                .plus(PATIENCE);
    }

    /** The next answer, in words. */
    private String[] answer(String expected, Duration patience) throws IOException, InterruptedException {
        String answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (answer == null) {
            throw new IOException("the JVM of the load does not answer within " + patience);
        }
        String[] words = answer.split(" ", -1);
        if (!words[0].matches(expected)) {
            throw new IOException("the JVM of the load answers: " + answer);
        }
        return words;
    }

    /** Ends the JVM. */
    @Override
    public void close() throws InterruptedException {
        orders.close();
        if (!process.waitFor(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
