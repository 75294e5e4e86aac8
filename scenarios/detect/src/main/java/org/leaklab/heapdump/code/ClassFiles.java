package org.leaklab.heapdump.code;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;

/**
 * Finds the files that the classes of a dump were loaded from, where they are still on this machine: in the folders and
 * jars of the class path, or of a plain {@code URLClassLoader}, as the loader's own list in the dump has them.
 *
 * <p>What may be other code than that which ran is not taken: files that are younger than the dump, classes of loaders
 * that may change what they load, and everything if an agent could have done so.
 */
final class ClassFiles implements AutoCloseable {

    private static final Set<String> PLAIN_LOADERS =
            Set.of("jdk.internal.loader.ClassLoaders$AppClassLoader", "java.net.URLClassLoader");

    private static final String AGENTS = "sun.instrument.InstrumentationImpl";
    private static final int LARGEST = 16 << 20;

    private final Heap heap;
    private final Fields fields;
    private final boolean agents;
    private final Instant takenAt;
    private final JdkClasses jdk;
    private final Map<Integer, Set<Path>> places = new HashMap<>();
    private final Map<Path, JarFile> jars = new HashMap<>();

    ClassFiles(Heap heap) {
        this.heap = heap;
        this.fields = new Fields(heap);
        this.agents = heap.classByName(AGENTS) != null;
        this.takenAt = heap.takenAt();
        this.jdk = new JdkClasses(heap);
    }

    /** The bytes of the class file of a class, or null. */
    byte @Nullable [] of(DumpClass type) {
        int loader = heap.find(type.loaderId());
        if (loader < 0 && !agents) {
            return jdk.of(type.name());
        }
        if (agents || loader < 0 || !PLAIN_LOADERS.contains(heap.typeName(loader))) {
            return null;
        }
        String name = type.name().replace('.', '/') + ".class";
        try {
            for (Path place : places.computeIfAbsent(loader, this::places)) {
                byte[] found = read(place, name);
                if (found != null) {
                    return found;
                }
            }
        } catch (IOException e) {
            return null; // the class may be in what cannot be read
        }
        return null;
    }

    /** The folders and jars that a loader has opened, then all on its path, in its order. */
    private Set<Path> places(int loader) {
        Set<Path> places = new LinkedHashSet<>();
        int path = fields.reference(loader, "ucp");
        for (int opened : list(path, "loaders")) {
            add(places, fields.reference(opened, "base"));
        }
        for (int url : list(path, "path")) {
            add(places, url);
        }
        return places;
    }

    private int[] list(int owner, String field) {
        int list = owner < 0 ? -1 : fields.reference(owner, field);
        int array = list < 0 ? -1 : fields.reference(list, "elementData");
        return array < 0 ? new int[0] : fields.elements(array);
    }

    private void add(Set<Path> places, int url) {
        String protocol = text(url, "protocol");
        String file = text(url, "file");
        if (file != null && "jar".equals(protocol) && file.endsWith("!/")) {
            add(places, file.substring(0, file.length() - 2));
        } else if (file != null && "file".equals(protocol)) {
            add(places, "file:" + file);
        }
    }

    private static void add(Set<Path> places, String url) {
        try {
            URI uri = URI.create(url);
            if (!uri.isOpaque() && uri.getAuthority() == null && !uri.getPath().startsWith("//")) { // on this machine
                places.add(Path.of(uri));
            }
        } catch (IllegalArgumentException e) {
            // no path of this machine
        }
    }

    private @Nullable String text(int object, String field) {
        int text = object < 0 ? -1 : fields.reference(object, field);
        return text < 0 ? null : fields.string(text);
    }

    private byte @Nullable [] read(Path place, String name) throws IOException {
        boolean folder = Files.isDirectory(place);
        Path file = folder ? place.resolve(name) : place;
        if (!Files.isRegularFile(file)) {
            return null;
        }
        if (Files.getLastModifiedTime(file).toInstant().isAfter(takenAt)) {
            throw new IOException(file + " is younger than the dump");
        }
        if (folder) {
            return upTo(LARGEST, Files.newInputStream(file));
        }
        JarFile jar = jars.get(file);
        if (jar == null) {
            jar = new JarFile(file.toFile(), false);
            jars.put(file, jar);
        }
        ZipEntry entry = jar.getEntry(name);
        if (entry != null && jar.isMultiRelease()) {
            throw new IOException(file + " may have the class once for each release");
        }
        return entry == null ? null : upTo(LARGEST, jar.getInputStream(entry));
    }

    private static byte[] upTo(int most, InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(most);
        }
    }

    @Override
    public void close() {
        for (JarFile jar : jars.values()) {
            try {
                jar.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
