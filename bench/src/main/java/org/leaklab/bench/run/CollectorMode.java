package org.leaklab.bench.run;

import java.util.List;

/** A collector with its mode in a few words, by the names under which the JVM shows its parts. */
final class CollectorMode {

    private CollectorMode() {}

    /** The words; the names themselves where the collector is none that is known here. */
    static String of(List<String> names) {
        String all = String.join(", ", names);
        if (all.contains("ZGC") || all.contains("Shenandoah")) {
            String which = all.contains("ZGC") ? "ZGC" : "Shenandoah";
            boolean generations = all.contains("Minor") || all.contains("Young");
            return which + (generations ? ", generational" : ", one generation");
        }
        if (all.contains("G1")) {
            return "G1";
        }
        if (all.contains("PS ")) {
            return "Parallel";
        }
        return all.contains("MarkSweepCompact") ? "Serial" : all;
    }
}
