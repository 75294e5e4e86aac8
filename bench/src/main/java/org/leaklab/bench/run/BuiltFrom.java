package org.leaklab.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of this project were built from. The build writes {@code commit.properties} beside this class.
 *
 * @param commit in full, "unknown" where the build was not in a repository of git
 * @param changed whether files differed from the commit then
 */
record BuiltFrom(String commit, boolean changed) {

    private static final String RESOURCE = "commit.properties";
    private static final String UNKNOWN = "unknown";

    /** What the running classes were built from. */
    static BuiltFrom thisJar() {
        try (InputStream in = BuiltFrom.class.getResourceAsStream(RESOURCE)) {
            return of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BuiltFrom of(@Nullable InputStream properties) throws IOException {
        Properties read = new Properties();
        if (properties != null) {
            read.load(properties);
        }
        String commit = read.getProperty("git.commit.id.full", "");
        return commit.matches("[0-9a-f]{7,64}")
                ? new BuiltFrom(commit, Boolean.parseBoolean(read.getProperty("git.dirty")))
                : new BuiltFrom(UNKNOWN, false);
    }
}
