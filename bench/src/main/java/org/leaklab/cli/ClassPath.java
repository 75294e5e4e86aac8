package org.leaklab.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A class path as {@code java -cp} takes it: {@code DIR/*} stands for all jars of a folder. */
final class ClassPath {

    private ClassPath() {}

    /**
     * Splits a class path. Entries that are empty are left out; for {@code java} they are the current folder.
     *
     * @throws IllegalArgumentException if there is no such folder, or no path; the message is one sentence
     * @throws IOException if a folder cannot be listed
     */
    static List<Path> of(String path) throws IOException {
        List<Path> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator)) {
            if (entry.isEmpty()) {
                continue;
            }
            boolean all = entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*");
            Path named = path(all ? entry.substring(0, entry.length() - 1) : entry);
            if (all) {
                entries.addAll(jars(named));
            } else {
                entries.add(named);
            }
        }
        return entries;
    }

    private static Path path(String entry) {
        try {
            return Path.of(entry);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("class path: " + entry + " is no path", e);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("class path: there is no folder " + folder + " to take all jars of");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
