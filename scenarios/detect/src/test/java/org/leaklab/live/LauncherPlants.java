package org.leaklab.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.detect.Reachability;

/** Threads of leaklab's own launchers in the program of {@link LiveTarget}. */
final class LauncherPlants {

    private static final Launcher PLAIN = Launcher.of(ThreadKind.VIRTUAL);
    private static final Launcher COLLECTABLE = Launcher.of(ThreadKind.VIRTUAL);

    private LauncherPlants() {}

    /**
     * Starts threads with launchers.
     *
     * @param what {@code collectable} for a launcher that a detector is attached to, {@code own launcher} for one that
     *     nothing but its leaked thread reaches
     */
    static void plant(String what, LiveTarget.Wait leak, LiveTarget.Wait live) {
        switch (what) {
            case "launcher" -> start(PLAIN, "plain", leak, live);
            case "collectable" -> {
                Reachability.prepare(COLLECTABLE);
                start(COLLECTABLE, "collectable", leak, live);
            }
            case "own launcher" -> Launcher.of(ThreadKind.VIRTUAL).start("own", leak::await);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void start(Launcher launcher, String name, LiveTarget.Wait leak, LiveTarget.Wait live) {
        launcher.start(name + "-leaked", leak::await);
        launcher.start(name + "-leaked too", leak::await);
        launcher.start(name + "-live", live::await);
    }

    /** The threads of each launcher, as they list them. */
    static String now() {
        List<String> all = new ArrayList<>();
        for (LiveThreads each : Launchers.all()) {
            List<String> names = new ArrayList<>();
            for (Launched launched : each.snapshot(Launched.class)) {
                names.add(launched.name());
            }
            names.sort(null);
            all.add(names + "=" + each.count());
        }
        all.sort(null);
        return all.toString();
    }

    /** Ends the threads of the launchers that are reached. Returns how many are left. */
    static String shutDown() throws InterruptedException {
        int left = 0;
        for (Launcher each : List.of(PLAIN, COLLECTABLE)) {
            left += each.shutdownNow(Duration.ofSeconds(20)).size();
        }
        return left + " left";
    }
}
