package org.leaklab.heapdump.hprof;

/** Hears how far the work on a dump has come; called often. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * How far it is.
     *
     * @param doing what is being done, a participle
     * @param done how much of it, in a unit of its own
     * @param all how much there is in all, or -1 when nobody knows
     */
    void at(String doing, long done, long all);
}
