package org.leaklab.lab;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.leaklab.core.text.EditDistance;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;

/** All scenarios of the class path and the module path. Immutable, so it is safe for use by any number of threads. */
public final class Catalogue {

    private final Map<String, Map<Idiom, Scenario>> byId = new LinkedHashMap<>();

    private Catalogue(Iterable<Scenario> scenarios) {
        for (Scenario scenario : scenarios) {
            Leak leak = scenario.leak();
            Scenario other = byId.computeIfAbsent(leak.id(), id -> new EnumMap<>(Idiom.class))
                    .putIfAbsent(leak.idiom(), scenario);
            if (other != null) {
                throw new IllegalStateException(
                        "two scenarios of the idiom " + leak.idiom().word() + " are called "
                                + leak.id() + ": " + other.getClass().getName() + " and "
                                + scenario.getClass().getName());
            }
        }
    }

    /**
     * Finds all scenarios through {@link ServiceLoader}, in the order in which it finds them. Scenarios of other jars
     * are included.
     *
     * @throws IllegalStateException if two scenarios of one idiom have the same id, or one has no {@link Leak}
     *     annotation
     */
    public static Catalogue load() {
        return new Catalogue(ServiceLoader.load(Scenario.class));
    }

    /** All scenarios. Those with the same id stand together, in the order of {@link Idiom}. */
    public List<Scenario> all() {
        return byId.values().stream().flatMap(forms -> forms.values().stream()).toList();
    }

    /** All ids. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /**
     * The scenarios with this id, one for each idiom that it has, in the order of {@link Idiom}.
     *
     * @throws IllegalArgumentException if there is none; the message names the most similar id
     */
    public List<Scenario> idioms(String id) {
        return List.copyOf(of(id).values());
    }

    /**
     * The scenario with this id. If it has two idioms, the one of the idiom {@link Idiom#CHANNEL}.
     *
     * @throws IllegalArgumentException if there is none; the message names the most similar id
     */
    public Scenario get(String id) {
        return idioms(id).getFirst();
    }

    /**
     * The scenario with this id in this idiom.
     *
     * @throws IllegalArgumentException if there is none; the message names the most similar id, or the idiom that there
     *     is
     */
    public Scenario get(String id, Idiom idiom) {
        Map<Idiom, Scenario> forms = of(id);
        Scenario scenario = forms.get(idiom);
        if (scenario == null) {
            throw new IllegalArgumentException(id + " has no form in the idiom " + idiom.word() + ", only in "
                    + forms.keySet().iterator().next().word());
        }
        return scenario;
    }

    private Map<Idiom, Scenario> of(String id) {
        Map<Idiom, Scenario> forms = byId.get(id);
        if (forms == null) {
            String nearest = byId.keySet().stream()
                    .min(Comparator.comparingInt(known -> EditDistance.of(known, id)))
                    .map(known -> "; did you mean " + known + "?")
                    .orElse("");
            throw new IllegalArgumentException("there is no scenario \"" + id + "\"" + nearest);
        }
        return forms;
    }
}
