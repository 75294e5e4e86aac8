package org.leaklab.bench.run;

/** This machine, without its name. */
public final class Machine {

    private static final double GIGABYTE = 1 << 30;

    private Machine() {}

    /** As people read it: {@code 2 processors, AMD EPYC, 24 GB}. */
    public static String text() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + Environment.cpu(Environment.CPUS) + ", "
                + Math.round(Environment.memory() / GIGABYTE) + " GB";
    }
}
