package org.leaklab.heapdump.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.DumpJdk;
import org.leaklab.heapdump.graph.Heap;

/**
 * Finds the files that the classes of a dump were loaded from, if they may be {@linkplain Sources opened} and are still
 * there.
 *
 * <p>What may be other code than that which ran is not taken: files that are younger than the dump, classes of loaders
 * that may change what they load, and everything if an agent could have done so. Of files that somebody has named it is
 * not known which loader had which, so a class that two of them have is taken only if both are equal.
 */
final class ClassFiles implements AutoCloseable {

    private static final String AGENTS = "sun.instrument.InstrumentationImpl";

    /** A name with dots in it would lead out of the folder. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[^./\\\\\0]++(?:\\.[^./\\\\\0]++)*+");

    private static final int MOST_JARS = 4000;
    private static final long MOST_DIRECTORY_BYTES = 64 << 20;

    /** A folder or jar that is open. */
    private interface Opened {
        byte @Nullable [] classFile(String name) throws IOException;
    }

    private static final Opened NOTHING = name -> null;

    private final boolean agents;
    private final Instant takenAt;
    private final int feature;
    private final Sources sources;
    private final Loaders loaders;
    private final JdkClasses jdk;
    private final Map<Place, Opened> opened = new HashMap<>();
    private final Map<Path, Jar> jars = new HashMap<>();
    private long directoryBytes;
    private @Nullable List<Place> named;

    ClassFiles(Heap heap, Sources sources) {
        this.agents = heap.classByName(AGENTS) != null;
        this.takenAt = heap.takenAt();
        this.sources = sources;
        this.loaders = new Loaders(heap);
        this.jdk = new JdkClasses(heap, homes(sources));
        String release = String.valueOf(DumpJdk.version(heap)).split("\\D", 2)[0];
        this.feature = release.length() > 4 || release.isEmpty() ? 0 : Integer.parseInt(release);
    }

    private static List<Path> homes(Sources sources) {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        switch (sources) {
            case Sources.Named named -> homes.addAll(named.classPath());
            case Sources.OfProcess process -> {
                if (process.home() != null) {
                    homes.add(process.seen().apply(process.home()));
                }
            }
        }
        return homes;
    }

    /** The bytes of the class file of a class, or null. */
    byte @Nullable [] of(DumpClass type) {
        if (agents || !PLAIN_NAME.matcher(type.name()).matches()) {
            return null;
        }
        Loaders.Origin origin = loaders.of(type);
        if (origin == null) {
            return null;
        }
        String file = type.name().replace('.', '/') + ".class";
        try {
            return switch (origin) {
                case Loaders.Origin.Image image -> jdk.of(type.name());
                case Loaders.Origin.Path path -> sources instanceof Sources.OfProcess ? first(path, file) : only(file);
            };
        } catch (IOException e) {
            return null; // the class may be in what cannot be read
        }
    }

    private byte @Nullable [] first(Loaders.Origin.Path path, String name) throws IOException {
        for (Place place : path.places()) {
            byte[] found = opened(place).classFile(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private byte @Nullable [] only(String name) throws IOException {
        byte[] only = null;
        for (Place place : named()) {
            byte[] found = opened(place).classFile(name);
            if (only != null && found != null && !Arrays.equals(only, found)) {
                return null;
            }
            only = found == null ? only : found;
        }
        return only;
    }

    /** What was named, with the jars that stand in a jar of Spring Boot. */
    private List<Place> named() throws IOException {
        if (named == null) {
            List<Place> places = new ArrayList<>();
            for (Path file : ((Sources.Named) sources).classPath()) {
                places.add(new Place(file, ""));
                if (Files.isRegularFile(file)) {
                    places.add(new Place(file, "BOOT-INF/classes/"));
                    places.add(new Place(file, "WEB-INF/classes/"));
                    jar(file).jars().stream()
                            .filter(name -> name.startsWith("BOOT-INF/") || name.startsWith("WEB-INF/"))
                            .forEach(name -> places.add(new Place(file, name)));
                }
            }
            named = places;
        }
        return named;
    }

    private Opened opened(Place place) throws IOException {
        Opened known = opened.get(place);
        if (known == null) {
            try {
                known = open(place);
            } catch (IOException e) {
                known = name -> {
                    throw e;
                };
            }
            opened.put(place, known);
        }
        return known;
    }

    private Opened open(Place place) throws IOException {
        Sources.OfProcess process = sources instanceof Sources.OfProcess live ? live : null;
        Path file = process == null ? place.file() : process.seen().apply(place.file());
        if (Files.isDirectory(file)) {
            return place.within().isEmpty() ? name -> ofFolder(file.resolve(name)) : NOTHING;
        }
        if (!Files.isRegularFile(file)) {
            return NOTHING;
        }
        if (process != null) { // a copy of a jar is younger than what is in it
            checkAge(file);
        }
        Jar jar = jar(file);
        if (!place.within().endsWith(".jar")) {
            return name -> jar.classFile(place.within(), name, feature);
        }
        Jar inner = jar.within(place.within());
        if (inner == null) {
            return NOTHING;
        }
        count(inner);
        return name -> inner.classFile("", name, feature);
    }

    private byte @Nullable [] ofFolder(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        checkAge(file);
        if (Files.size(file) > Bytes.LARGEST) {
            throw new IOException(file + " is too large for a class file");
        }
        return Files.readAllBytes(file);
    }

    private void checkAge(Path file) throws IOException {
        if (Files.getLastModifiedTime(file).toInstant().isAfter(takenAt)) {
            throw new IOException(file + " is younger than the dump");
        }
    }

    private Jar jar(Path file) throws IOException {
        Jar jar = jars.get(file);
        if (jar == null) {
            jar = Jar.open(file, takenAt);
            jars.put(file, jar);
            count(jar);
        }
        return jar;
    }

    private void count(Jar jar) throws IOException {
        directoryBytes += jar.directoryBytes();
        if (directoryBytes > MOST_DIRECTORY_BYTES || opened.size() > MOST_JARS) {
            throw new IOException("too many jars");
        }
    }

    @Override
    public void close() {
        List<Closeable> all = new ArrayList<>(jars.values());
        all.add(jdk);
        for (Closeable each : all) {
            try {
                each.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
