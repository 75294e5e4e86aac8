package org.leaklab.pages.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.bench.run.Environment;
import org.leaklab.results.DetectorVerdict;
import org.leaklab.results.JmhResult;
import org.leaklab.results.RecordedLog;
import org.leaklab.results.ResultFile;
import org.leaklab.soak.MillionReport;

/** Finds files of results and reads each as its name says. */
final class Inputs {

    /** What is in them is not meant to stand beside published results unless somebody names it. */
    private static final Set<String> LEFT_OUT = Set.of("again", "local", "site");

    private static final Pattern RELEASE = Pattern.compile("Java (\\S+)");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final List<Results.JmhFile> jmh = new ArrayList<>();
    private final List<Results.Verdicts> detectors = new ArrayList<>();
    private final List<MillionReport> millions = new ArrayList<>();
    private final List<Environment> environments = new ArrayList<>();
    private final List<Results.Log> logs = new ArrayList<>();

    private final List<Path> named;

    /** @param named the files in the order in which they were named */
    private Inputs(List<Path> named) {
        this.named = named;
    }

    /**
     * Reads all files of results among files and folders, whatever is in those.
     *
     * @throws IllegalArgumentException if one is not there, is not what its name says, holds what another one holds
     *     too, or nothing is found; the message says so in a sentence
     */
    static Results read(List<Path> inputs) {
        List<Path> named = new ArrayList<>();
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                named.addAll(new TreeSet<>(in(input)));
            } else {
                named.add(input.normalize());
            }
        }
        Inputs all = new Inputs(named);
        new TreeSet<>(named).parallelStream().map(all::read).toList().forEach(Runnable::run);
        if (all.jmh.isEmpty() && all.detectors.isEmpty() && all.millions.isEmpty() && all.logs.isEmpty()) {
            throw new IllegalArgumentException("there is no result in " + inputs
                    + ": files that JMH wrote with -rf json or csv, or folders with such files, as bench makes them");
        }
        return all.results();
    }

    /** Tables of JMH count only where a folder has no JSON: they have the same results without raw values. */
    private static List<Path> in(Path folder) {
        List<Path> files = new ArrayList<>();
        List<Path> tables = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    String name = name(inner);
                    boolean left = !inner.equals(folder) && (name.startsWith(".") || LEFT_OUT.contains(name));
                    return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (name(file).matches("[^.].*\\.(json|json\\.gz|hlog)")) {
                        files.add(file.normalize());
                    } else if (ResultFile.isTable(file)) {
                        tables.add(file.normalize());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the folder \"" + folder + "\" cannot be read", e);
        }
        Set<Path> withJson = files.stream().map(Inputs::parent).collect(Collectors.toSet());
        tables.stream().filter(table -> !withJson.contains(parent(table))).forEach(files::add);
        return files;
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** Reads a file; what is returned then adds it, for that is done in the order of the files. */
    private Runnable read(Path file) {
        String name = name(file);
        if (name.endsWith(".hlog")) {
            RecordedLog log = RecordedLog.read(file);
            Matcher release = RELEASE.matcher(log.about());
            String jdk = release.find() ? release.group(1) : folder(file);
            return () -> logs.add(new Results.Log(jdk, log));
        }
        if (name.endsWith(".environment.json")) {
            Environment environment = Environment.read(file);
            return () -> environments.add(environment);
        }
        if (name.startsWith("detectors")) {
            List<DetectorVerdict> verdicts = DetectorVerdict.read(file);
            return () -> detectors.add(new Results.Verdicts(folder(file), verdicts));
        }
        if (name.startsWith("million")) {
            MillionReport million = MillionReport.read(file);
            return () -> millions.add(million);
        }
        if (name.startsWith("stuck") || name.startsWith("steps")) { // what lessons tell of
            return () -> {};
        }
        List<JmhResult> results = ResultFile.read(file);
        return () -> jmh.add(new Results.JmhFile(file, shortened(file), results));
    }

    /** A file of detectors does not say on which JDK: its folder is called by the release. */
    private static String folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String name = folder == null ? "" : name(folder);
        return DIGITS.matcher(name).matches() ? name : "?";
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    /** The file with its folder, and no more of where that is. */
    private static String shortened(Path file) {
        Path whole = file.toAbsolutePath();
        int names = whole.getNameCount();
        return whole.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
    }

    /** Some split a file of results into smaller ones, for a chart each, and keep them in the same folder. */
    private boolean isPartOfAnother(Results.JmhFile file) {
        List<JmhResult> own = file.results();
        return !own.isEmpty()
                && jmh.stream()
                        .filter(other -> parent(other.file()).equals(parent(file.file())))
                        .map(Results.JmhFile::results)
                        .filter(other -> other.size() > own.size() && other.contains(own.getFirst()))
                        .anyMatch(other -> new HashSet<>(other).containsAll(own));
    }

    private Results results() {
        jmh.removeAll(jmh.stream().filter(this::isPartOfAnother).toList());
        jmh.sort(Comparator.comparing(Results.JmhFile::name));
        Sides sides = new Sides(jmh, named);
        jmh.replaceAll(sides::named);
        Jdks jdks = new Jdks(
                sides.order(),
                Stream.of(
                                jmh.stream()
                                        .flatMap(file -> file.results().stream())
                                        .map(JmhResult::jdk),
                                detectors.stream().map(Results.Verdicts::jdk),
                                millions.stream().map(MillionReport::jdk),
                                logs.stream().map(Results.Log::jdk))
                        .flatMap(versions -> versions));
        detectors.sort(Comparator.comparingInt(verdicts -> jdks.colour(verdicts.jdk())));
        millions.sort(Comparator.comparingInt(million -> jdks.colour(million.jdk())));
        environments.sort(Comparator.comparing(Environment::group).thenComparingInt(there -> jdks.colour(there.jdk())));
        logs.sort(Comparator.comparing((Results.Log log) -> log.recorded().name())
                .thenComparingInt(log -> jdks.colour(log.jdk())));
        // rows of the oldest JDK first, whatever the folders are called
        jmh.sort(Comparator.comparingInt(file -> file.results().isEmpty()
                ? 0
                : jdks.colour(file.results().getFirst().jdk())));
        return new Results(jmh, detectors, millions, environments, logs, jdks);
    }
}
