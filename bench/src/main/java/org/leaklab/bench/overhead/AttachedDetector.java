package org.leaklab.bench.overhead;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
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
        Attached attach(Launcher launcher) {
            return Attached.NOTHING;
        }
    },
    /** A hook for starts and ends that does nothing: no less than what the hooks cost while nobody is attached. */
    OBSERVER(Duration.ofMillis(50)) {
        @Override
        Attached attach(Launcher launcher) {
            LaunchHook hook = new LaunchHook() {};
            Hooks hooks = Launchers.of(launcher).hooks();
            hooks.attach(hook);
            return Attached.of(() -> isHooked(launcher), () -> hooks.detach(hook));
        }
    },
    /** Counts the live threads twenty times a second: within each slice twice. */
    COUNT(Duration.ofMillis(100)) {
        @Override
        Attached attach(Launcher launcher) {
            CountAlarm alarm = CountAlarm.start(
                    ThreadSource.of(launcher), slice().multipliedBy(2).dividedBy(5), MANY, WINDOWS, said -> {});
            return Attached.of(() -> alarm.last() != null, alarm);
        }
    },
    /** Takes a profile of all stacks once a second. */
    PROFILE(Duration.ofSeconds(1)) {
        @Override
        Attached attach(Launcher launcher) {
            AtomicInteger profiles = new AtomicInteger();
            Thread sampler = Thread.ofPlatform().name("profile").daemon().start(() -> {
                try {
                    while (true) {
                        Thread.sleep(slice().dividedBy(2)); // each slice holds one
                        ThreadProfile.of(ThreadSource.of(launcher)).groups();
                        profiles.incrementAndGet();
                        Thread.sleep(slice().dividedBy(2));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // detached
                }
            });
            return Attached.of(() -> profiles.get() > 0, () -> {
                sampler.interrupt();
                sampler.join();
            });
        }
    },
    /**
     * Knows for each thread on behalf of which test it was started. From the first origin on, every launch of the JVM
     * asks for one, for ever; so what asks is taken off the launcher where nothing is to be attached.
     */
    VERIFIER(Duration.ofMillis(50)) {
        @Override
        Attached attach(Launcher launcher) {
            Hooks hooks = Launchers.of(launcher).hooks();
            LeakCheck check = LeakCheck.of(ThreadSource.of(launcher)).ignoreCurrent();
            Origin.Opened opened = new Origin("measured").open();
            List<LaunchHook> asking = ofAllLaunchers(launcher.kind());
            asking.stream().filter(hook -> !hooks.attached().contains(hook)).forEach(hooks::attach);
            return Attached.of(() -> isHooked(launcher) && Origin.current() != null, () -> {
                opened.close();
                asking.forEach(hooks::detach);
                check.verifyNone();
            });
        }
    },
    /**
     * Has threads started so that a probe can let go of them; where nothing holds them anyway, it has nothing to do.
     */
    REACHABILITY(Duration.ofMillis(50)) {
        @Override
        Attached attach(Launcher launcher) {
            Reachability reachability = Reachability.of(launcher);
            return Attached.of(() -> isHooked(launcher) || UNTRACKED, reachability);
        }
    };

    private static final int MANY = Integer.MAX_VALUE;
    private static final int WINDOWS = 1_000;
    private static final boolean UNTRACKED = "false".equals(System.getProperty("jdk.trackAllThreads"));

    private final Duration slice;

    AttachedDetector(Duration slice) {
        this.slice = slice;
    }

    /** How long to look at least to see the detector do its work once. */
    Duration slice() {
        return slice;
    }

    /** Attaches it. */
    abstract Attached attach(Launcher launcher);

    /** Whether any detector hears of the starts and ends of a launcher. */
    static boolean isHooked(Launcher launcher) {
        return !Launchers.of(launcher).hooks().attached().isEmpty();
    }

    /** The hooks that every launcher has from its beginning on. */
    private static List<LaunchHook> ofAllLaunchers(ThreadKind kind) {
        try (Launcher another = Launcher.of(kind)) {
            return Launchers.of(another).hooks().attached();
        }
    }
}
