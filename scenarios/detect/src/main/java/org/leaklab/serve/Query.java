package org.leaklab.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a request that are known here; others are ignored, as pprof's own {@code seconds} is. */
final class Query {

    private static final Set<String> KNOWN = Set.of("debug", "format");

    private Query() {}

    static Map<String, String> of(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                if (KNOWN.contains(key)) {
                    query.put(key, equals < 0 ? "" : pair.substring(equals + 1));
                }
            }
        }
        return query;
    }
}
