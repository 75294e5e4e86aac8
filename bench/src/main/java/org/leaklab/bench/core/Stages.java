package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.pattern.Consumer;
import org.leaklab.pattern.FanOutFanIn;
import org.leaklab.pattern.Pipeline;
import org.leaklab.pattern.Producer;

/**
 * Values that go through several threads; the sum of a round is the number of values that came out.
 *
 * <p>{@code leaklab} is the pattern of that name, which starts its threads for each round, watches its context on each
 * send and receive, and ends whatever happens. The others are built by hand of pipes between the threads of the crew,
 * which stay, and do none of that: {@code leaklab-channels} shows what of the pattern's time is the channels'.
 */
final class Stages {

    /** Values a round. */
    static final int ITEMS = 10_000;

    private static final Integer VALUE = 1;
    private static final int END = 0;
    private static final int CAPACITY = 100;
    private static final int WORKERS = 4;

    private static final Producer<Integer> PRODUCER = out -> {
        for (int i = 0; i < ITEMS; i++) {
            out.send(VALUE);
        }
    };
    private static final Consumer<Integer, Long, RuntimeException> CONSUMER = in -> {
        long sum = 0;
        for (Integer value; (value = in.receive()) != null; ) {
            sum += value;
        }
        return sum;
    };

    private Stages() {}

    /** Three stages, one that makes values and two that square them, and a consumer; 100 values fit between any two. */
    static List<Crew.Part> inLine(String implementation, ThreadKind kind) {
        return switch (implementation) {
            case "leaklab" -> {
                Launcher threads = Launcher.of(kind);
                Pipeline<Integer> pipeline = Pipeline.from("make", CAPACITY, PRODUCER)
                        .map("square", value -> value * value)
                        .map("square again", value -> value * value);
                yield List.of(() -> pipeline.run(threads, Context.background(), CONSUMER));
            }
            case "leaklab-channels" -> inLine(() -> Pipe.buffered("leaklab", CAPACITY));
            default -> inLine(() -> Pipe.buffered(implementation, CAPACITY));
        };
    }

    private static List<Crew.Part> inLine(Supplier<Pipe> pipes) {
        Pipe made = pipes.get();
        Pipe squared = pipes.get();
        Pipe squaredAgain = pipes.get();
        return List.of(
                () -> make(made, 1),
                () -> square(made, squared),
                () -> square(squared, squaredAgain),
                () -> consume(squaredAgain, 1));
    }

    /**
     * One thread makes values, four square them, one consumes them; they pass hand to hand. A queue that cannot do that
     * holds one value.
     */
    static List<Crew.Part> fannedOut(String implementation, ThreadKind kind) {
        return switch (implementation) {
            case "leaklab" -> {
                Launcher threads = Launcher.of(kind);
                FanOutFanIn<Integer, Integer> fan = new FanOutFanIn<>(WORKERS, value -> value * value);
                yield List.of(() -> fan.run(threads, Context.background(), PRODUCER, CONSUMER));
            }
            case "leaklab-channels" -> fannedOut(() -> Pipe.rendezvous("leaklab"));
            case "array-blocking-queue" -> fannedOut(() -> Pipe.buffered(implementation, 1));
            default -> fannedOut(() -> Pipe.rendezvous(implementation));
        };
    }

    private static List<Crew.Part> fannedOut(Supplier<Pipe> pipes) {
        Pipe made = pipes.get();
        Pipe squared = pipes.get();
        List<Crew.Part> parts = new ArrayList<>();
        parts.add(() -> make(made, WORKERS));
        for (int worker = 0; worker < WORKERS; worker++) {
            parts.add(() -> square(made, squared));
        }
        parts.add(() -> consume(squared, WORKERS));
        return parts;
    }

    private static long make(Pipe out, int receivers) throws InterruptedException {
        for (int i = 0; i < ITEMS; i++) {
            out.send(VALUE);
        }
        for (int i = 0; i < receivers; i++) {
            out.send(END);
        }
        return 0;
    }

    private static long square(Pipe in, Pipe out) throws InterruptedException {
        for (int value; (value = in.receive()) != END; ) {
            out.send(value * value);
        }
        out.send(END);
        return 0;
    }

    private static long consume(Pipe in, int senders) throws InterruptedException {
        long sum = 0;
        for (int working = senders; working > 0; ) {
            int value = in.receive();
            if (value == END) {
                working--;
            }
            sum += value;
        }
        return sum;
    }
}
