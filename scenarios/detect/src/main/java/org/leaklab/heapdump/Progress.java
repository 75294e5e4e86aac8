package org.leaklab.heapdump;

/** Hears how far the reading of a dump has come; called often, so it should look at the clock itself. */
@FunctionalInterface
public interface Progress {

    /** Hears nothing. */
    Progress NONE = (doing, done, all) -> {};

    /**
     * How far it is.
     *
     * @param doing what is being done, a participle
     * @param done how much of it, in a unit of its own
     * @param all how much there is in all, or -1 when nobody knows
     */
    void at(String doing, long done, long all);
}
