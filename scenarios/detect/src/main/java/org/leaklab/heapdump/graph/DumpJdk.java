package org.leaklab.heapdump.graph;

import org.jspecify.annotations.Nullable;

/** The JDK that wrote a dump, as a constant of it says. */
public final class DumpJdk {

    private DumpJdk() {}

    /** Its {@code java.version}, or null if the dump does not say. */
    public static @Nullable String version(Heap heap) {
        DumpClass type = heap.classByName("java.lang.VersionProps");
        Fields fields = new Fields(heap);
        int text = type == null ? -1 : fields.staticReference(type, "java_version");
        return text < 0 ? null : fields.string(text);
    }
}
