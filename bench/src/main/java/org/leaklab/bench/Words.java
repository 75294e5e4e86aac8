package org.leaklab.bench;

import java.util.Locale;

/** Parameters of JMH are words; here is which constant of an enum each of them means, and the word of each constant. */
public final class Words {

    private Words() {}

    /**
     * The constant that a word means: {@code hand-off} means {@code HAND_OFF}.
     *
     * @throws IllegalArgumentException if the enum has none of that name
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The word that means a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
