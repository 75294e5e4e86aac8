package org.leaklab.core.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of detectors that are attached to a launcher, in the order of their attachment. While there are none, a
 * launch pays one read of a volatile field for each call and allocates nothing.
 */
public final class Hooks {

    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());

    private final CopyOnWrite<LaunchHook> all = new CopyOnWrite<>(new LaunchHook[0]);

    Hooks() {}

    /** Calls a hook for every start and end from now on. A hook that is attached twice must be detached twice. */
    public void attach(LaunchHook hook) {
        all.add(hook);
    }

    /** Detaches a hook; it may still be called for events that are under way. */
    public void detach(LaunchHook hook) {
        all.remove(hook);
    }

    /** The hooks that are attached now. */
    public List<LaunchHook> attached() {
        return List.of(all.now());
    }

    /** On whose behalf the current thread starts one, or null when no hook knows. */
    public @Nullable Object origin() {
        for (LaunchHook hook : all.now()) {
            try {
                Object origin = hook.origin();
                if (origin != null) {
                    return origin;
                }
            } catch (Throwable e) { // dropped, whatever it is
                log(e);
            }
        }
        return null;
    }

    /** Tells each hook of a start, whatever the others throw. */
    public void starting(LiveThread thread) {
        for (LaunchHook hook : all.now()) {
            try {
                hook.starting(thread);
            } catch (Throwable e) { // dropped, whatever it is
                log(e);
            }
        }
    }

    /** Has a hook start a thread; false if none wants to. */
    boolean start(LiveThread thread) {
        for (LaunchHook hook : all.now()) {
            if (hook.start(thread)) {
                return true;
            }
        }
        return false;
    }

    /** Tells each hook of an end, whatever the others throw. */
    public void ended(LiveThread thread, @Nullable Throwable failure) {
        for (LaunchHook hook : all.now()) {
            try {
                hook.ended(thread, failure);
            } catch (Throwable e) { // dropped, whatever it is
                log(e);
            }
        }
    }

    private static void log(Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "hook of a detector failed", thrown);
    }
}
