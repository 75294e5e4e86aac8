package org.leaklab.bench.detection;

import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** A detector beside so many virtual threads that are stuck, and must be all that it reports. */
final class Look implements AutoCloseable {

    private final Launcher launcher;
    private final PolledDetector polled;
    private final int stuck;

    private Look(Launcher launcher, PolledDetector polled, int stuck) {
        this.launcher = launcher;
        this.polled = polled;
        this.stuck = stuck;
    }

    /** A detector that one of these attaches to a launcher. */
    @FunctionalInterface
    interface Attaching {
        PolledDetector at(Launcher launcher);
    }

    /** Gets the threads stuck; the detector is attached before, and has not looked. */
    static Look beside(int stuck, Attaching detector) throws InterruptedException {
        Launcher launcher = Launcher.of(ThreadKind.VIRTUAL);
        Look look = new Look(launcher, detector.at(launcher), stuck);
        for (int i = 0; i < stuck; i++) {
            launcher.start("stuck", () -> Channel.unbuffered().receive());
        }
        while (launcher.live().stream().anyMatch(live -> live.thread().getState() != Thread.State.WAITING)) {
            Thread.sleep(1);
        }
        return look;
    }

    /**
     * Looks once, and answers how many threads the detector reports.
     *
     * @throws IllegalStateException if that is not how many are stuck: it has not done its work then
     */
    int once() throws InterruptedException {
        int reported = polled.look();
        if (reported != stuck) {
            throw new IllegalStateException(
                    "the detector reports " + reported + " threads beside " + stuck + " that are stuck");
        }
        return reported;
    }

    @Override
    public void close() {
        polled.close();
        launcher.close();
    }
}
