package org.leaklab.pages.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.leaklab.compare.Input;
import org.leaklab.results.JmhResult;

/**
 * Results of one JDK that hold the same rows: those before and after a change, or of two VMs. They stand against each
 * other as JDKs do, so the name of the JDK gets what tells them apart: {@code 25.0.1 (Alpha VM)}, {@code 25
 * (before.json)}. A side is a file, or a folder where each folder has a row once.
 */
final class Sides {

    /** What comes between the version and the side. */
    static final String OPEN = " (";

    /** Options of the JVM are no part of it: they may be the change. */
    private record Row(String jdk, String benchmark, Map<String, String> params, String mode, Object run) {
        static Row of(JmhResult result) {
            return new Row(
                    result.jdk(),
                    result.benchmark(),
                    result.params(),
                    result.mode(),
                    result.run().threads());
        }
    }

    private record Key(Path file, String jdk) {}

    private final Map<Key, String> names = new LinkedHashMap<>();

    /** @param named files in the order in which a reader named them: the first is the base */
    Sides(List<Results.JmhFile> files, List<Path> named) {
        List<Results.JmhFile> inOrder = files.stream()
                .sorted(Comparator.comparingInt(file -> named.indexOf(file.file())))
                .toList();
        for (String jdk : doubled(inOrder)) {
            List<Results.JmhFile> sides = inOrder.stream()
                    .filter(file -> file.results().stream()
                            .anyMatch(result -> result.jdk().equals(jdk)))
                    .toList();
            Map<Path, List<Results.JmhFile>> bySide = areFolders(sides)
                    ? sides.stream()
                            .collect(Collectors.groupingBy(
                                    file -> folder(file.file()), LinkedHashMap::new, Collectors.toList()))
                    : sides.stream()
                            .collect(Collectors.groupingBy(
                                    Results.JmhFile::file, LinkedHashMap::new, Collectors.toList()));
            List<String> called = called(bySide, jdk);
            int side = 0;
            for (List<Results.JmhFile> ofSide : bySide.values()) {
                String name = jdk + OPEN + called.get(side++) + ")";
                ofSide.forEach(file -> names.put(new Key(file.file(), jdk), name));
            }
        }
    }

    /** Whether the files are in several folders, each with several files and with no row twice. */
    private static boolean areFolders(List<Results.JmhFile> files) {
        Map<Path, List<Results.JmhFile>> byFolder =
                files.stream().collect(Collectors.groupingBy(file -> folder(file.file())));
        return byFolder.size() > 1
                && files.size() > byFolder.size()
                && byFolder.values().stream()
                        .allMatch(inFolder -> doubled(inFolder).isEmpty());
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** The JDKs of which two files hold the same row. */
    private static Set<String> doubled(List<Results.JmhFile> files) {
        Map<Row, Path> seen = new HashMap<>();
        Set<String> doubled = new LinkedHashSet<>();
        for (Results.JmhFile file : files) {
            for (JmhResult result : file.results()) {
                Path other = seen.putIfAbsent(Row.of(result), file.file());
                if (other != null && !other.equals(file.file())) {
                    doubled.add(result.jdk());
                }
            }
        }
        return doubled;
    }

    /** By their VMs where each has another one, and by their files or folders otherwise. */
    private static List<String> called(Map<Path, List<Results.JmhFile>> sides, String jdk) {
        List<String> vms = sides.values().stream()
                .map(files -> files.stream()
                        .flatMap(file -> file.results().stream())
                        .filter(result -> result.jdk().equals(jdk))
                        .map(result -> result.run().vm())
                        .collect(Collectors.toCollection(TreeSet::new)))
                .map(all -> String.join(" and ", all))
                .toList();
        boolean apart = new HashSet<>(vms).size() == vms.size() && !vms.contains("?");
        return apart ? vms : Input.names(List.copyOf(sides.keySet()));
    }

    /** A file with its results on the sides that they are. */
    Results.JmhFile named(Results.JmhFile file) {
        return new Results.JmhFile(
                file.file(),
                file.name(),
                file.results().stream()
                        .map(result -> result.on(names.getOrDefault(new Key(file.file(), result.jdk()), result.jdk())))
                        .toList());
    }

    /** The names of sides, the base first. */
    List<String> order() {
        return new ArrayList<>(names.values());
    }
}
