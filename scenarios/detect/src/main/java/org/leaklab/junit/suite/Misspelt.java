package org.leaklab.junit.suite;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.leaklab.core.text.EditDistance;
import org.leaklab.core.text.Printable;

/** Finds settings that are misspelt. Such a setting would do nothing, and say nothing. */
final class Misspelt {

    private static final String PREFIX = "leaklab.";

    /** How many letters a misspelt setting differs in at most. leaklab has other system properties too. */
    private static final int FEW = 2;

    private Misspelt() {}

    /**
     * Returns a sentence for each setting that does not exist. A system property counts only if it is nearly one that
     * does.
     *
     * @param keys the keys of all configuration parameters; JUnit has all system properties among them
     */
    static List<String> settings(Set<String> keys) {
        Set<String> properties = System.getProperties().stringPropertyNames();
        return said(keys, key -> !properties.contains(key) || EditDistance.of(key, nearest(key)) <= FEW);
    }

    /** Returns such a sentence for each key that is nearly the one that switches the check on. */
    static List<String> switches(Set<String> keys) {
        return said(keys, key -> EditDistance.of(key, SuiteSettings.VERIFY) <= FEW);
    }

    private static List<String> said(Set<String> keys, Predicate<String> which) {
        return keys.stream()
                .filter(key -> key.startsWith(PREFIX) && !SuiteSettings.KEYS.contains(key) && which.test(key))
                .sorted()
                .map(key -> Printable.of(key) + " is no setting of this check; the nearest is " + nearest(key))
                .toList();
    }

    private static String nearest(String key) {
        return SuiteSettings.KEYS.stream()
                .min(Comparator.comparingInt(known -> EditDistance.of(known, key)))
                .orElseThrow();
    }
}
