package org.leaklab.heapdump;

import org.jspecify.annotations.Nullable;

/** The version of the JDK that wrote a dump, as a constant of it says. */
final class DumpJdk {

    private final Heap heap;

    DumpJdk(Heap heap) {
        this.heap = heap;
    }

    /** As {@code java.version} has it, or null if the dump does not say. */
    @Nullable
    String version() {
        DumpClass type = heap.classByName("java.lang.VersionProps");
        String[] found = {null};
        if (type != null) {
            heap.statics(type, (name, valueType, at) -> {
                if (valueType == Tag.OBJECT && heap.names.get(name).equals("java_version")) {
                    int text = heap.find(heap.reader.id(at));
                    found[0] = text < 0 ? null : heap.string(text);
                }
            });
        }
        return found[0];
    }
}
