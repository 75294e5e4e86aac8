package org.leaklab.core;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A trace that gets its identifier when it is first asked for: most groups end without anybody asking. */
final class TraceId {

    private volatile @Nullable String id;

    /** 16 random bytes, in the form of a W3C trace id; the same at each call. */
    String get() {
        String known = id;
        return known != null ? known : make();
    }

    private synchronized String make() {
        if (id == null) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            id = HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        }
        return id;
    }
}
