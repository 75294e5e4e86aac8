package org.leaklab.heapdump.code;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;

/**
 * Where the loaders of a dump find their classes, as their own lists in the dump have it. Only loaders that give what
 * is in the file, and nothing else, are known.
 */
final class Loaders {

    private static final String APPLICATION = "jdk.internal.loader.ClassLoaders$AppClassLoader";
    private static final String PLATFORM = "jdk.internal.loader.ClassLoaders$PlatformClassLoader";

    private static final Set<String> OF_URLS = Set.of("java.net.URLClassLoader", "java.net.FactoryURLClassLoader");

    /** Those of Spring Boot give what is in the file, but for some classes of their own. */
    private static final Set<String> OF_SPRING = Set.of(
            "org.springframework.boot.loader.launch.LaunchedClassLoader",
            "org.springframework.boot.loader.LaunchedURLClassLoader");

    private static final String OWN_OF_SPRING = "org.springframework.boot.loader.";

    private static final int MOST_PLACES = 10_000;

    /** A damaged dump may have a list that goes round in circles. */
    private static final int MOST_PACKAGES = 1 << 20;

    /** What is known of where a class comes from. */
    sealed interface Origin {

        /** The image of the JDK. */
        record Image() implements Origin {}

        /** One of these places: the first that has it. */
        record Path(List<Place> places) implements Origin {}
    }

    private static final Origin IMAGE = new Origin.Image();

    private final Heap heap;
    private final Fields fields;
    private final Map<Integer, Origin> paths = new HashMap<>();
    private final Map<String, Integer> modules = new HashMap<>();

    Loaders(Heap heap) {
        this.heap = heap;
        this.fields = new Fields(heap);
        readModules();
    }

    /** Where a class comes from; null if that is not known. */
    @Nullable
    Origin of(DumpClass type) {
        if (type.loaderId() == 0) {
            return IMAGE;
        }
        int loader = heap.find(type.loaderId());
        String name = loader < 0 ? "" : heap.typeName(loader);
        boolean ofSpring = OF_SPRING.contains(name);
        if (OF_URLS.contains(name) || ofSpring && !type.name().startsWith(OWN_OF_SPRING)) {
            return paths.computeIfAbsent(loader, this::path);
        }
        if (!name.equals(APPLICATION) && !name.equals(PLATFORM)) {
            return null;
        }
        int dot = type.name().lastIndexOf('.');
        Integer module = modules.get(type.name().substring(0, Math.max(0, dot)));
        if (module != null) {
            return fields.reference(module, "loader") == loader ? ofModule(module) : null;
        }
        return name.equals(APPLICATION) ? paths.computeIfAbsent(loader, this::path) : null;
    }

    private @Nullable Origin ofModule(int module) {
        int reference = fields.reference(module, "mref");
        int uri = fields.reference(module, "uri");
        if (reference < 0 || uri < 0 || fields.isSet(reference, "patcher")) {
            return null;
        }
        String scheme = text(uri, "scheme");
        if ("jrt".equals(scheme)) {
            return IMAGE;
        }
        Place place = Place.of(scheme, text(uri, "path"));
        return place == null ? null : new Origin.Path(List.of(place));
    }

    /** The built-in loaders know the module of each package, of all that are named, from the start. */
    private void readModules() {
        DumpClass type = heap.classByName("jdk.internal.loader.BuiltinClassLoader");
        int map = type == null ? -1 : fields.staticReference(type, "packageToModule");
        int table = map < 0 ? -1 : fields.reference(map, "table");
        int left = MOST_PACKAGES;
        for (int bin : table < 0 ? new int[0] : fields.elements(table)) {
            int node = fields.isSet(bin, "first") ? fields.reference(bin, "first") : bin;
            for (; node >= 0 && left > 0; node = fields.reference(node, "next"), left--) {
                String name = text(node, "key");
                int module = fields.reference(node, "val");
                if (name != null && module >= 0) {
                    modules.put(name, module);
                }
            }
        }
    }

    /** The folders and jars that a loader has opened, then all on its path, in its order. */
    private Origin path(int loader) {
        Set<Place> places = new LinkedHashSet<>();
        int path = fields.reference(loader, "ucp");
        for (int opened : list(path, "loaders")) {
            add(places, fields.reference(opened, "base"));
        }
        for (int url : list(path, "path")) {
            add(places, url);
        }
        return new Origin.Path(List.copyOf(places));
    }

    private int[] list(int owner, String field) {
        int list = owner < 0 ? -1 : fields.reference(owner, field);
        int array = list < 0 ? -1 : fields.reference(list, "elementData");
        return array < 0 ? new int[0] : fields.elements(array);
    }

    private void add(Set<Place> places, int url) {
        Place place = Place.of(text(url, "protocol"), text(url, "file"));
        if (place != null && places.size() < MOST_PLACES) {
            places.add(place);
        }
    }

    private @Nullable String text(int object, String field) {
        int text = object < 0 ? -1 : fields.reference(object, field);
        return text < 0 ? null : fields.string(text);
    }
}
