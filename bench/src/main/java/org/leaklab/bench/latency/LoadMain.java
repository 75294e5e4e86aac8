package org.leaklab.bench.latency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.leaklab.results.Latencies;

/**
 * The JVM that {@link RemoteLoad} sends requests from. It does what it is told on its standard input, a line each:
 *
 * <pre>
 * open PORT RATE REQUESTS    answers "done"
 * send RATE REQUESTS         answers "interval FROM TO HISTOGRAM" each second, then "sent FAILURES LATE PROCESS"
 * </pre>
 *
 * <p>What goes wrong is answered with "failed" and why. When its input ends, so does it: it does not outlive the JVM
 * that started it.
 */
final class LoadMain {

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        serve(new BufferedReader(new InputStreamReader(System.in, US_ASCII)), System.out);
    }

    static void serve(BufferedReader orders, PrintStream answers) throws IOException, InterruptedException {
        try (Load load = new LocalLoad()) {
            for (String order; (order = orders.readLine()) != null; ) {
                try {
                    answers.println(carryOut(order.split(" ", -1), load, answers));
                } catch (RuntimeException | IOException e) {
                    answers.println("failed " + String.valueOf(e).replaceAll("\\R", " "));
                }
                answers.flush();
            }
        }
    }

    private static String carryOut(String[] order, Load load, PrintStream answers)
            throws IOException, InterruptedException {
        int[] numbers = Arrays.stream(order).skip(1).mapToInt(Integer::parseInt).toArray();
        return switch (order[0]) {
            case "open" -> {
                InetSocketAddress service = new InetSocketAddress(InetAddress.getLoopbackAddress(), numbers[0]);
                load.open(service, numbers[1], numbers[2]);
                yield "done";
            }
            case "send" -> {
                Load.Sent sent = load.send(numbers[0], numbers[1], interval -> {
                    answers.println("interval " + interval.getStartTimeStamp() + " " + interval.getEndTimeStamp() + " "
                            + Latencies.encoded(interval));
                    answers.flush();
                });
                yield "sent " + sent.failures() + " " + sent.late() + " " + sent.process();
            }
            default -> throw new IllegalArgumentException("no such order: " + order[0]);
        };
    }

    /** The histogram of an answer. */
    static Histogram decoded(String[] interval) {
        try {
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(interval[3])), 0);
            histogram.setStartTimeStamp(Long.parseLong(interval[1]));
            histogram.setEndTimeStamp(Long.parseLong(interval[2]));
            return histogram;
        } catch (DataFormatException e) {
            throw new IllegalStateException("the load sends something that is no histogram", e);
        }
    }
}
