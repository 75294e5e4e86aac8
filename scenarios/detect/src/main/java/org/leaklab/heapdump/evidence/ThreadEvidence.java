package org.leaklab.heapdump.evidence;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a live process said of its threads beside its heap dump: a print right after the dump, which code was compiled,
 * and a JSON dump when somebody asks for it first. A dump without a process has {@link #NONE}.
 */
public final class ThreadEvidence {

    /** Of a dump whose process is not there. */
    public static final ThreadEvidence NONE = new ThreadEvidence(null, null, () -> null);

    private final @Nullable ThreadPrint print;
    private final @Nullable CompiledCode compiled;
    private final Source source;
    private @Nullable JsonThreadDump json;
    private boolean asked;
    private final Set<Long> wentOn = new HashSet<>();

    /** Where the JSON dump comes from. */
    @FunctionalInterface
    public interface Source {

        /**
         * Returns a new dump, or null if the JVM must not be asked for one.
         *
         * @throws IOException if the JVM does not answer as it should
         */
        @Nullable
        JsonThreadDump get() throws IOException;
    }

    /**
     * Of a process.
     *
     * @param print what it said right after the dump, or null
     * @param compiled which code was compiled at the time of the dump, or null
     * @param source is asked once, when the JSON dump is needed first
     */
    public ThreadEvidence(@Nullable ThreadPrint print, @Nullable CompiledCode compiled, Source source) {
        this.print = print;
        this.compiled = compiled;
        this.source = source;
    }

    /** Notes that threads have gone on since, by their {@code Thread.threadId()}. */
    public void goOn(Set<Long> ids) {
        wentOn.addAll(ids);
    }

    /** Returns the identifiers of the threads that were seen to go on later. */
    public Set<Long> wentOn() {
        return Set.copyOf(wentOn);
    }

    /** Returns the thread print, or null if there is none. */
    public @Nullable ThreadPrint print() {
        return print;
    }

    /** Returns which code was compiled at the time of the dump, or null if that is not known. */
    public @Nullable CompiledCode compiled() {
        return compiled;
    }

    /** Returns the JSON dump, or null if it is not to be had. The first call waits until the JVM has written it. */
    public @Nullable JsonThreadDump json() {
        if (!asked) {
            asked = true;
            try {
                json = source.get();
            } catch (IOException e) {
                json = null; // then frames and class files have to do
            }
        }
        return json;
    }
}
