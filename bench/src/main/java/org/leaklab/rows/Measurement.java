package org.leaklab.rows;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** What measures a row. */
interface Measurement {

    /**
     * Measures it.
     *
     * @return one result, as JMH writes it
     * @throws FailedRowException if that is not to be had of this row
     * @throws IOException if it is not to be had of any row
     */
    JsonNode measure(Row row, Part part) throws FailedRowException, IOException;
}
