package org.leaklab.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands as they can be typed, or pasted, in the folder that this process runs in: with the {@code java} that runs
 * it, and this jar.
 */
final class NextCommands {

    private static final String JAR = "benchmarks.jar";

    private final Path here;
    private final String start;

    /**
     * @param here the folder in which they are typed
     * @param java as it is typed
     * @param jar where it is
     */
    NextCommands(Path here, String java, Path jar) {
        this.here = here.toAbsolutePath().normalize();
        this.start = quoted(java) + " -jar " + path(jar);
    }

    /** For the process that this is. */
    static NextCommands ofThisProcess() {
        Path jar;
        try {
            jar = Path.of(NextCommands.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            jar = Path.of(JAR);
        }
        return new NextCommands(Path.of(""), java(), jar);
    }

    /** {@code java}, if that is the one that runs this, else its path. */
    private static String java() {
        Path running = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            for (String folder :
                    Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator)) {
                Path first = Path.of(folder, "java");
                if (Files.isExecutable(first)) {
                    return first.toRealPath().equals(running.toRealPath()) ? "java" : running.toString();
                }
            }
        } catch (IOException e) {
            return running.toString();
        }
        return running.toString();
    }

    /** The jar with these words after it. */
    String of(String... words) {
        return start + Stream.of(words).map(word -> " " + quoted(word)).collect(Collectors.joining());
    }

    /** A file or folder, from here where it is below. */
    String path(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return quoted((whole.startsWith(here) ? here.relativize(whole) : whole).toString());
    }

    /** The two that come after a first look: a page, and a comparison. */
    List<String> after(Path folder) {
        String report = start + " report " + path(folder) + " -o report.html";
        String compare = base(folder.toAbsolutePath().normalize())
                .map(base -> start + " compare " + path(base) + " " + path(folder))
                .orElseGet(() -> {
                    String second = path(folder.resolveSibling(folder.getFileName() + "-again"));
                    return start + " bench --preset " + FirstLook.PRESET + " -o " + second + " && " + start
                            + " compare " + path(folder) + " " + second;
                });
        return List.of(report, compare);
    }

    /**
     * Results to hold others against: the same preset on another JDK ({@code results/local/RELEASE/PRESET}), else what
     * is published ({@code results/RELEASE}).
     */
    private Optional<Path> base(Path folder) {
        Path releases = Objects.requireNonNullElse(folder.getParent(), folder).getParent();
        Optional<Path> sibling = releases == null
                ? Optional.empty()
                : numbered(releases)
                        .map(release -> release.resolve(folder.getFileName()))
                        .filter(other -> !other.equals(folder) && holdsResults(other))
                        .max(Comparator.naturalOrder());
        Path results = here.resolve("results");
        return sibling.or(() -> numbered(results)
                .filter(NextCommands::holdsResults)
                .max(Comparator.comparing((Path other) ->
                                other.endsWith(String.valueOf(Runtime.version().feature())))
                        .thenComparing(Comparator.naturalOrder())));
    }

    private static Stream<Path> numbered(Path folder) {
        return files(folder).filter(file -> file.getFileName().toString().matches("\\d+"));
    }

    private static boolean holdsResults(Path folder) {
        return files(folder).anyMatch(file -> file.getFileName().toString().endsWith(".environment.json"));
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
