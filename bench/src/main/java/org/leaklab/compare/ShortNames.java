package org.leaklab.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Names of benchmarks, or of classes, with as much of what comes before as tells them apart, and the groups that they
 * fall into.
 */
final class ShortNames {

    /** Shortens nothing. */
    static final ShortNames NONE = new ShortNames(List.of(), 1);

    private final Map<String, String> shortened = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();

    /** @param least so many words are kept: 2 of a benchmark, its class and method, and 1 of a class */
    ShortNames(Collection<String> names, int least) {
        Set<String> all = new TreeSet<>(names);
        Map<String, List<String>> byEnd = all.stream().collect(Collectors.groupingBy(name -> end(name, least)));
        byEnd.values().forEach(same -> same.forEach(name -> shortened.put(name, shortest(name, least, same))));
        Set<String> packages =
                all.stream().map(name -> packageOf(name, least)).collect(Collectors.toCollection(TreeSet::new));
        int common = commonWords(packages);
        for (String name : all) {
            String of = packages.size() > 1
                    ? packageOf(name, least)
                    : least == 1 ? end(name, 1) : end(name, 2).replaceFirst("\\.[^.]*$", "");
            List<String> words = List.of(of.split("\\.", -1));
            groups.put(
                    name,
                    packages.size() > 1 && common < words.size()
                            ? String.join(".", words.subList(common, words.size()))
                            : words.getLast());
        }
    }

    private static String end(String name, int words) {
        List<String> all = List.of(name.split("\\.", -1));
        return String.join(".", all.subList(Math.max(0, all.size() - words), all.size()));
    }

    /** Of a class, as of a method in it. */
    private static String packageOf(String name, int least) {
        return Questions.packageOf(least == 1 ? name + ".method" : name);
    }

    private static String shortest(String name, int least, List<String> same) {
        int words = least;
        int most = name.split("\\.", -1).length;
        while (words < most && isAmbiguous(end(name, words), words, name, same)) {
            words++;
        }
        return end(name, words);
    }

    private static boolean isAmbiguous(String end, int words, String name, List<String> same) {
        return same.stream()
                .anyMatch(other -> !other.equals(name) && end(other, words).equals(end));
    }

    /** So many words are the first ones of all. */
    private static int commonWords(Set<String> names) {
        List<List<String>> all = new ArrayList<>();
        names.forEach(name -> all.add(List.of(name.split("\\.", -1))));
        int common = 0;
        while (true) {
            int at = common;
            if (all.isEmpty()
                    || all.stream().anyMatch(words -> words.size() <= at)
                    || all.stream().map(words -> words.get(at)).distinct().count() > 1) {
                return common;
            }
            common++;
        }
    }

    /** A name of a benchmark; another one stays as it is. */
    String of(String benchmark) {
        return shortened.getOrDefault(benchmark, benchmark);
    }

    /** The package of a benchmark without what all have in common; its class where there is one package. */
    String group(String benchmark) {
        return groups.getOrDefault(benchmark, benchmark);
    }
}
