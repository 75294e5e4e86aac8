package org.leaklab.heapdump.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JDK that wrote a dump, as a constant of it says. */
public final class DumpJdk {

    private static final Pattern RELEASE = Pattern.compile("(?:1\\.)?(\\d{1,4})(?!\\d).*", Pattern.DOTALL);

    private DumpJdk() {}

    /** Its {@code java.version}, or null if the dump does not say. */
    public static @Nullable String version(Heap heap) {
        DumpClass type = heap.classByName("java.lang.VersionProps");
        Fields fields = new Fields(heap);
        int text = type == null ? -1 : fields.staticReference(type, "java_version");
        return text < 0 ? null : fields.string(text);
    }

    /** Its feature release, 8 for {@code 1.8.0_412}, or 0 if the dump does not say. */
    public static int release(Heap heap) {
        String version = version(heap);
        Matcher release = RELEASE.matcher(version == null ? "" : version);
        return release.matches() ? Integer.parseInt(release.group(1)) : 0;
    }
}
