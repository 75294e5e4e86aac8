package org.leaklab.ab;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Forks of {@link ShortFork}, with work added to the new side, or with none added. */
record ShortForks(double added) implements Forks {

    @Override
    public ArrayNode run(Side side) throws ForkFailedException, IOException, InterruptedException {
        String said = FreshJvmRuler.output(
                        ShortFork.class, List.of("-D" + ShortFork.ADDED + "=" + (side == Side.NEW ? added : 0)))
                .strip();
        double nanos;
        try {
            nanos = Double.parseDouble(said.split(" ")[0]);
        } catch (NumberFormatException e) {
            throw new ForkFailedException(
                    "a short fork did not print how long it took", said.lines().toList());
        }
        ArrayNode results = PairFile.MAPPER.createArrayNode();
        ObjectNode result =
                results.addObject().put("benchmark", "ShortFork.work").put("mode", "avgt");
        ObjectNode metric =
                result.putObject("primaryMetric").put("score", nanos).put("scoreUnit", "ns/op");
        metric.putArray("rawData").addArray().add(nanos);
        return results;
    }
}
