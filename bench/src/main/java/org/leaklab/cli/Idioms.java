package org.leaklab.cli;

import java.util.List;
import java.util.Locale;
import org.leaklab.lab.Catalogue;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Scenario;

/** What {@code --idiom} takes. */
enum Idioms {
    CHANNEL(Idiom.CHANNEL),
    JDK(Idiom.JDK),
    BOTH(Idiom.values());

    @SuppressWarnings("ImmutableEnumChecker") // it is an unmodifiable list
    private final List<Idiom> idioms;

    Idioms(Idiom... idioms) {
        this.idioms = List.of(idioms);
    }

    /** The scenarios of the catalogue in these idioms. */
    List<Scenario> all(Catalogue catalogue) {
        return catalogue.all().stream()
                .filter(scenario -> idioms.contains(scenario.leak().idiom()))
                .toList();
    }

    /**
     * The scenarios with one id in these idioms.
     *
     * @throws IllegalArgumentException if there is none; the message says why in a sentence
     */
    List<Scenario> of(Catalogue catalogue, String id) {
        return this == BOTH
                ? catalogue.idioms(id)
                : idioms.stream().map(idiom -> catalogue.get(id, idiom)).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
