package org.leaklab.bench.overhead;

import java.time.Duration;
import org.leaklab.core.Launcher;
import org.leaklab.core.live.Hooks;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.detect.CountAlarm;
import org.leaklab.detect.LeakCheck;
import org.leaklab.detect.Origin;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSource;

/**
 * A detector that is attached to a launcher and goes about its steady work; a probe or a report is not part of that.
 */
enum AttachedDetector {
    /** Nothing: measured against nothing too, to show what the measurement itself cannot tell apart. */
    NONE(Duration.ofMillis(50)) {
        @Override
        AutoCloseable attach(Launcher launcher) {
            return () -> {};
        }
    },
    /** A hook for starts and ends that does nothing: no less than what the hooks cost while nobody is attached. */
    OBSERVER(Duration.ofMillis(50)) {
        @Override
        AutoCloseable attach(Launcher launcher) {
            LaunchHook hook = new LaunchHook() {};
            Hooks hooks = Launchers.of(launcher).hooks();
            hooks.attach(hook);
            return () -> hooks.detach(hook);
        }
    },
    /** Counts the live threads twenty times a second. */
    COUNT(Duration.ofMillis(50)) {
        @Override
        AutoCloseable attach(Launcher launcher) {
            return CountAlarm.start(ThreadSource.of(launcher), slice(), MANY, WINDOWS, alarm -> {});
        }
    },
    /** Takes a profile of all stacks once a second. */
    PROFILE(Duration.ofSeconds(1)) {
        @Override
        AutoCloseable attach(Launcher launcher) {
            Thread sampler = Thread.ofPlatform().name("profile").daemon().start(() -> {
                try {
                    while (true) {
                        Thread.sleep(slice().dividedBy(2)); // each slice holds one
                        ThreadProfile.of(ThreadSource.of(launcher)).groups();
                        Thread.sleep(slice().dividedBy(2));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // detached
                }
            });
            return () -> {
                sampler.interrupt();
                sampler.join();
            };
        }
    },
    /** Knows for each thread on behalf of which test it was started. */
    VERIFIER(Duration.ofMillis(50)) {
        @Override
        AutoCloseable attach(Launcher launcher) {
            LeakCheck check = LeakCheck.of(ThreadSource.of(launcher)).ignoreCurrent();
            Origin.Opened opened = new Origin("measured").open();
            return () -> {
                opened.close();
                check.verifyNone();
            };
        }
    },
    /** Has threads started so that a probe can let go of them. */
    REACHABILITY(Duration.ofMillis(50)) {
        @Override
        AutoCloseable attach(Launcher launcher) {
            return Reachability.of(launcher);
        }
    };

    private static final int MANY = Integer.MAX_VALUE;
    private static final int WINDOWS = 1_000;

    private final Duration slice;

    AttachedDetector(Duration slice) {
        this.slice = slice;
    }

    /** How long to look at least to see the detector do its work once. */
    Duration slice() {
        return slice;
    }

    /** Attaches; closing the answer detaches and leaves nothing behind. */
    abstract AutoCloseable attach(Launcher launcher);
}
