package org.leaklab.lab;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.leaklab.scenario.Scenario;

/** All scenarios of the class path and the module path. Immutable, so it is safe for use by any number of threads. */
public final class Catalogue {

    private final Map<String, Scenario> byId = new LinkedHashMap<>();

    private Catalogue(Iterable<Scenario> scenarios) {
        for (Scenario scenario : scenarios) {
            Scenario other = byId.putIfAbsent(scenario.leak().id(), scenario);
            if (other != null) {
                throw new IllegalStateException("two scenarios are called "
                        + scenario.leak().id() + ": " + other.getClass().getName() + " and "
                        + scenario.getClass().getName());
            }
        }
    }

    /**
     * Finds all scenarios through {@link ServiceLoader}, in the order in which it finds them. Scenarios of other jars
     * are included.
     *
     * @throws IllegalStateException if two scenarios have the same id, or one has no {@link org.leaklab.scenario.Leak}
     *     annotation
     */
    public static Catalogue load() {
        return new Catalogue(ServiceLoader.load(Scenario.class));
    }

    /** All scenarios. */
    public List<Scenario> all() {
        return List.copyOf(byId.values());
    }

    /** All ids. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /**
     * The scenario with this id.
     *
     * @throws IllegalArgumentException if there is none; the message names the most similar id
     */
    public Scenario get(String id) {
        Scenario scenario = byId.get(id);
        if (scenario == null) {
            String nearest = byId.keySet().stream()
                    .min(Comparator.comparingInt(known -> distance(known, id)))
                    .map(known -> "; did you mean " + known + "?")
                    .orElse("");
            throw new IllegalArgumentException("there is no scenario \"" + id + "\"" + nearest);
        }
        return scenario;
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
