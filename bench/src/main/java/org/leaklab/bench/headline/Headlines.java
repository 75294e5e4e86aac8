package org.leaklab.bench.headline;

import java.util.List;
import org.leaklab.results.HeadlineMeasures;

/** The headline measures of all groups of benchmarks, in the order in which they are to be read. */
public final class Headlines {

    private Headlines() {}

    /** All of them; a group that declares none is compared by its primary metrics. */
    public static List<HeadlineMeasures> all() {
        return List.of();
    }
}
