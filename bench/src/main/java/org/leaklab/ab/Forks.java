package org.leaklab.ab;

import java.io.IOException;
import tools.jackson.databind.node.ArrayNode;

/** What measures. */
public interface Forks {

    /**
     * Measures all benchmarks of a side once, in JVMs of their own.
     *
     * @return results as JMH writes them, one a benchmark with its parameters
     * @throws ForkFailedException if they did not all end well
     */
    ArrayNode run(Side side) throws ForkFailedException, IOException, InterruptedException;
}
