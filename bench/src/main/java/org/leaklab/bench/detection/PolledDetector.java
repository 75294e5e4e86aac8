package org.leaklab.bench.detection;

import java.time.Duration;
import org.leaklab.core.Launcher;
import org.leaklab.detect.LeakCheck;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.StuckGroup;
import org.leaklab.detect.ThreadCount;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSource;

/** A detector that looks at the threads of one launcher. */
interface PolledDetector extends AutoCloseable {

    /** Looks once, and answers how many threads it reports as stuck. */
    int look() throws InterruptedException;

    @Override
    default void close() {}

    /** The detectors. */
    enum Kind {
        /** Counts live threads. */
        COUNT {
            @Override
            public PolledDetector at(Launcher launcher) {
                return () -> ThreadCount.of(ThreadSource.of(launcher)).all();
            }
        },
        /** Takes all stacks, and groups those of threads that wait. */
        PROFILE {
            @Override
            public PolledDetector at(Launcher launcher) {
                return () -> ThreadProfile.of(ThreadSource.of(launcher)).waiting().groups().stream()
                        .mapToInt(StuckGroup::count)
                        .sum();
            }
        },
        /** What a test does at its end; looks once where there is something to report. */
        VERIFIER {
            @Override
            public PolledDetector at(Launcher launcher) {
                return () -> LeakCheck.of(ThreadSource.of(launcher))
                        .retry(1, Duration.ZERO)
                        .find()
                        .count();
            }
        },
        /** Probes; the collection is part of it. */
        REACHABILITY {
            @Override
            public PolledDetector at(Launcher launcher) {
                Reachability reachability = Reachability.of(launcher);
                return new PolledDetector() {
                    @Override
                    public int look() throws InterruptedException {
                        return reachability.probe().threads().size();
                    }

                    @Override
                    public void close() {
                        reachability.close();
                    }
                };
            }
        };

        /** Attaches to a launcher; threads that it starts from then on are seen. */
        public abstract PolledDetector at(Launcher launcher);
    }
}
