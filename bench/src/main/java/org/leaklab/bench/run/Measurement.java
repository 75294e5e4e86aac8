package org.leaklab.bench.run;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** What measures a row, a fork at a time. */
interface Measurement {

    /**
     * Measures it in one fork.
     *
     * @param fork which of the row's forks it is, from 1 on
     * @return one result with one fork, as JMH writes it
     * @throws FailedRowException if that is not to be had of this row
     * @throws IOException if it is not to be had of any row
     */
    JsonNode measure(Row row, Part part, int fork) throws FailedRowException, IOException;
}
