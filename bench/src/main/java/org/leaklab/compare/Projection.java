package org.leaklab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.results.JmhResult;

/**
 * What rows or columns of a comparison stand for: keys of results, and parameters. A parameter may be called as a key
 * is; then the word is the parameter, and the key is called with a dot before it.
 */
record Projection(List<Word> words, ShortNames names) {

    /** What a result is by, besides its parameters. A benchmark is a method of a class. */
    enum Key {
        BENCHMARK,
        CLASS,
        METHOD,
        MODE,
        JDK,
        FILE,
        THREADS,
        VM;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private String of(Placed placed) {
            JmhResult result = placed.result();
            return switch (this) {
                case BENCHMARK -> result.benchmark();
                case CLASS -> result.benchmark().replaceFirst("\\.[^.]*$", "");
                case METHOD -> result.benchmark().replaceFirst("^.*\\.", "");
                case MODE -> result.mode();
                case JDK -> result.jdk();
                case FILE -> placed.file();
                case THREADS -> result.run().threads();
                case VM -> result.run().vm();
            };
        }
    }

    /** A result of a file. */
    record Placed(String file, JmhResult result) {}

    /** A key or a parameter. */
    sealed interface Word {
        record Fixed(Key key) implements Word {}

        record Param(String name) implements Word {}
    }

    static final Projection BY_FILE = new Projection(List.of(new Word.Fixed(Key.FILE)), ShortNames.NONE);

    /** All that results have, without what others stand for already, and without file, JDK and how they were run. */
    static Projection rest(List<Placed> all, Projection taken) {
        Key what = taken.has(Key.METHOD) ? Key.CLASS : taken.has(Key.CLASS) ? Key.METHOD : Key.BENCHMARK;
        List<Word> words = new ArrayList<>(List.of(new Word.Fixed(what), new Word.Fixed(Key.MODE)));
        if (taken.has(Key.METHOD) && taken.has(Key.CLASS)) {
            words.removeFirst();
        }
        params(all).forEach(name -> words.add(new Word.Param(name)));
        words.removeAll(taken.words);
        return new Projection(words, ShortNames.NONE);
    }

    /**
     * From the words of an option.
     *
     * @throws IllegalArgumentException if no result has something of that name
     */
    static Projection parse(String option, String text, List<Placed> all) {
        SortedSet<String> params = params(all);
        List<Word> words = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            words.add(params.contains(word) ? new Word.Param(word) : new Word.Fixed(key(option, word, params)));
        }
        Key named = words.contains(new Word.Fixed(Key.BENCHMARK)) ? Key.BENCHMARK : Key.CLASS;
        return new Projection(
                words,
                words.contains(new Word.Fixed(named))
                        ? new ShortNames(all.stream().map(named::of).toList(), 1)
                        : ShortNames.NONE);
    }

    private static Key key(String option, String word, SortedSet<String> params) {
        for (Key key : Key.values()) {
            if (word.equals(key.word()) || word.equals("." + key.word())) {
                return key;
            }
        }
        throw new IllegalArgumentException(
                "nothing is called \"" + word + "\" that " + option + " could take: it is one of "
                        + java.util.Arrays.stream(Key.values()).map(Key::word).collect(Collectors.joining(", "))
                        + (params.isEmpty() ? "" : ", or a parameter: " + String.join(", ", params)));
    }

    static SortedSet<String> params(List<Placed> all) {
        SortedSet<String> names = new TreeSet<>();
        all.forEach(placed -> names.addAll(placed.result().params().keySet()));
        return names;
    }

    boolean has(Key key) {
        return words.contains(new Word.Fixed(key));
    }

    boolean hasParam(String name) {
        return words.contains(new Word.Param(name));
    }

    /** The parameters of a result by these words. */
    Map<String, String> params(Placed placed) {
        Map<String, String> params = new LinkedHashMap<>();
        placed.result().params().forEach((name, value) -> {
            if (hasParam(name)) {
                params.put(name, value);
            }
        });
        return params;
    }

    /** What a result is by a key; empty where these words do not have it. */
    String of(Key key, Placed placed) {
        return has(key) ? key.of(placed) : "";
    }

    /** The name of what is measured by these words: of a benchmark, a class or a method; empty where they have none. */
    String name(Placed placed) {
        return Stream.of(Key.BENCHMARK, Key.CLASS, Key.METHOD)
                .map(key -> of(key, placed))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Whether a result has all that these words are about: one without a parameter has not. */
    boolean fits(Placed placed) {
        return words.stream()
                .allMatch(word -> !(word instanceof Word.Param param)
                        || placed.result().params().containsKey(param.name()));
    }

    /** What a result is by these words, as the heading of a column; names are as short as may be. */
    String label(Placed placed) {
        return words.stream()
                .map(word -> switch (word) {
                    case Word.Fixed fixed -> names.of(fixed.key().of(placed));
                    case Word.Param param -> placed.result().params().getOrDefault(param.name(), "-");
                })
                .collect(Collectors.joining(" "));
    }
}
