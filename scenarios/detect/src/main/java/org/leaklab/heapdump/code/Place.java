package org.leaklab.heapdump.code;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where classes are loaded from: a folder or a jar, or a jar or folder inside of a jar.
 *
 * @param file the folder or the jar
 * @param within the name of a jar inside of it, or of a folder with a slash behind it; empty for itself
 */
record Place(Path file, String within) {

    /**
     * What a URL stands for, or null if that is no place of this machine: {@code file:/a/b.jar},
     * {@code jar:file:/a/b.jar!/}, and in Spring Boot {@code jar:file:/a/b.jar!/BOOT-INF/lib/c.jar!/} or, since its
     * version 3.2, {@code jar:nested:/a/b.jar/!BOOT-INF/lib/c.jar!/}.
     */
    static @Nullable Place of(@Nullable String protocol, @Nullable String file) {
        if ("file".equals(protocol)) {
            return here("file:" + file, "");
        }
        if (file == null || !"jar".equals(protocol) || !file.endsWith("!/")) {
            return null;
        }
        String url = file.substring(0, file.length() - 2);
        boolean nested = url.startsWith("nested:");
        int inside = url.indexOf(nested ? "/!" : "!/");
        String outer = inside < 0 ? url : url.substring(0, inside);
        return here(
                nested ? "file:" + outer.substring("nested:".length()) : outer,
                within(inside < 0 ? "" : url.substring(inside + 2)));
    }

    private static String within(String name) {
        return name.isEmpty() || name.endsWith(".jar") || name.endsWith("/") ? name : name + "/";
    }

    private static @Nullable Place here(String url, String within) {
        try {
            URI uri = URI.create(url);
            boolean isHere = !uri.isOpaque()
                    && uri.getAuthority() == null
                    && !uri.getPath().startsWith("//");
            return isHere && !within.contains("!") ? new Place(Path.of(uri), within) : null;
        } catch (IllegalArgumentException e) { // no URL of a file
            return null;
        }
    }
}
