package org.leaklab.results;

import java.util.List;

/**
 * The headline measures of one group of benchmarks: which rows of JMH they are made of, and how. Each package
 * {@code org.leaklab.bench.QUESTION} declares its own.
 */
public interface HeadlineMeasures {

    /** The name of the group, as that of its file of results. */
    String group();

    /**
     * The headlines in results of one JDK, in the order in which they are to be read; none where the results are of
     * other groups, or where the rows that one is made of are not all there. Values that are not finite are left out.
     */
    List<Headline> of(List<JmhResult> results);

    /**
     * Whether these speak for a row of JMH, so that its primary metric is no headline by itself: it may be the time of
     * a whole run. They do for the benchmarks of their own package.
     */
    default boolean speaksFor(JmhResult result) {
        return result.benchmark().startsWith(getClass().getPackageName() + ".");
    }
}
