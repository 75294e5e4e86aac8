package org.leaklab.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Every thread that is waited for is itself blocked without limit: a deadlock. Thrown by {@link Launcher#join()}.
 *
 * <p>The counterpart of Go's {@code fatal error: all goroutines are asleep - deadlock!}.
 */
public final class AllBlockedException extends IllegalStateException {

    private static final int SHOWN = 10;

    private final transient List<Launched> blocked;

    private AllBlockedException(String message, List<Launched> blocked) {
        super(message);
        this.blocked = blocked;
    }

    static AllBlockedException of(List<Launched> blocked) {
        String places = blocked.stream()
                .limit(SHOWN)
                .map(launched -> "\"" + launched.name() + "\" at " + place(launched.thread()))
                .collect(Collectors.joining(", "));
        String more = blocked.size() > SHOWN ? " and " + (blocked.size() - SHOWN) + " more" : "";
        return new AllBlockedException(
                "all tasks blocked (deadlock): " + blocked.size() + " live, and nobody among them can wake another: "
                        + places + more,
                List.copyOf(blocked));
    }

    /** The first frame that is neither the JDK's nor the core's own. */
    private static String place(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!isOfTheJdk(frame) && !frame.getClassName().startsWith("org.leaklab.core.")) {
                return frame.toString();
            }
        }
        return "an unknown place";
    }

    private static boolean isOfTheJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** The blocked threads, in order of their start. */
    public List<Launched> blocked() {
        return blocked;
    }
}
