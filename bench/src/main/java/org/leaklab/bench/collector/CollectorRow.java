package org.leaklab.bench.collector;

import java.util.Optional;
import org.leaklab.results.JmhResult;

/**
 * What a result of {@link CollectorImpact} is of.
 *
 * @param collector as {@code G1}
 * @param mode of ZGC, with generations or without; empty for the others
 * @param method {@code full} or {@code allocate}
 * @param beside which stuck threads, or plain objects
 */
public record CollectorRow(String collector, String mode, String method, String beside, JmhResult result) {

    private static final String BENCHMARK = "org.leaklab.bench.collector.CollectorImpact.";

    /** The first release on which ZGC has generations without being told to. */
    private static final int GENERATIONAL_BY_DEFAULT = 23;

    /** Reads it; empty if the result is of another benchmark. */
    public static Optional<CollectorRow> of(JmhResult result) {
        if (!result.benchmark().startsWith(BENCHMARK)) {
            return Optional.empty();
        }
        String[] names = result.benchmark().substring(BENCHMARK.length()).split("\\.", -1);
        return names.length == 2
                ? Optional.of(new CollectorRow(
                        names[0],
                        mode(names[0], result),
                        names[1],
                        result.params().getOrDefault("beside", "-"),
                        result))
                : Optional.empty();
    }

    /** Results from before it was a parameter: of the JVM that ran them. */
    private static String mode(String collector, JmhResult result) {
        if (!collector.equals("ZGC")) {
            return "";
        }
        String release = result.jdk().replaceFirst("\\D.*", "");
        boolean generational = result.jvmArgs().contains("-XX:+ZGenerational")
                || (release.matches("\\d{1,4}") && Integer.parseInt(release) >= GENERATIONAL_BY_DEFAULT);
        return result.params()
                .getOrDefault("mode", generational ? CollectorImpact.ZGC.GENERATIONAL : CollectorImpact.ZGC.SINGLE);
    }

    /** Whether its collector has young collections; what older results have of others are whole cycles. */
    public boolean hasYoung() {
        return !mode.equals(CollectorImpact.ZGC.SINGLE);
    }

    /** The collector with its mode, in words. */
    public String name() {
        return mode.isEmpty() ? collector : collector + ", " + mode;
    }
}
