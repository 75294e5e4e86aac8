package org.leaklab.ab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Forks whose scores a test writes, with a machine that moves as it says. */
final class Scripted implements Forks, Ruler {

    /** In nanoseconds; what the clock of a run says. */
    static final long FORK = 1_000_000_000L;

    final List<Side> sides = new ArrayList<>();
    private final ToDoubleBiFunction<Side, Integer> score;
    private double speed = 1;
    private int failing = Integer.MAX_VALUE;

    /** @param score of a side in the n-th fork of all, from 0 on */
    Scripted(ToDoubleBiFunction<Side, Integer> score) {
        this.score = score;
    }

    /** A result as JMH writes it. */
    static String result(String benchmark, double score) {
        return """
                {"benchmark": "%s", "mode": "avgt", "threads": 1, "forks": 1, "jdkVersion": "25", "vmName": "VM",
                 "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreConfidence": ["NaN", "NaN"],
                 "scorePercentiles": {"0.0": %2$s, "100.0": %2$s}, "scoreUnit": "ns/op", "rawData": [[%2$s]]},
                 "secondaryMetrics": {}}""".formatted(benchmark, score);
    }

    void moves(double to) {
        speed = to;
    }

    void failsAt(int fork) {
        failing = fork;
    }

    @Override
    public ArrayNode run(Side side) throws ForkFailedException {
        if (sides.size() == failing) {
            throw new ForkFailedException("it ended", List.of("the last line"));
        }
        double value = score.applyAsDouble(side, sides.size());
        sides.add(side);
        return (ArrayNode) JsonMapper.shared().readTree("[" + result("com.acme.Queue.poll", value) + "]");
    }

    @Override
    public Reading read() {
        return new Reading(speed, 2 * speed, 1);
    }

    /** The time after all forks so far. */
    long nanos() {
        return sides.size() * FORK;
    }
}
