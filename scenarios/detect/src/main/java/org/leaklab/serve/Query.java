package org.leaklab.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a request. */
final class Query {

    private static final Set<String> KNOWN = Set.of("debug", "format", "seconds");

    private Query() {}

    /**
     * Reads the parameters of a profile. {@code seconds} is one of pprof's own, for profiles that take their time; it
     * has no effect here.
     *
     * @throws RefusedException if one is unknown or comes twice
     */
    static Map<String, String> of(@Nullable String raw) throws RefusedException {
        Map<String, String> query = new HashMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!KNOWN.contains(key)) {
                throw new RefusedException(400, "unknown parameter: there are debug, format and seconds");
            }
            if (query.put(key, equals < 0 ? "" : pair.substring(equals + 1)) != null) {
                throw new RefusedException(400, "a parameter came twice: give it once");
            }
        }
        if (!query.getOrDefault("seconds", "0").matches("[0-9]{1,9}")) {
            throw new RefusedException(400, "seconds must be a whole number");
        }
        return query;
    }

    /** Lets a page refuse all parameters. */
    static void none(@Nullable String raw) throws RefusedException {
        if (raw != null && !raw.isEmpty()) {
            throw new RefusedException(400, "this page takes no parameters");
        }
    }
}
