package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/** The observers of a launcher. What one of them throws is dropped, and the next is told all the same. */
final class Observers {

    private static final System.Logger LOG = System.getLogger(Launcher.class.getName());

    private final CopyOnWrite<LaunchObserver> all = new CopyOnWrite<>(new LaunchObserver[0]);

    void attach(LaunchObserver observer) {
        all.add(observer);
    }

    void detach(LaunchObserver observer) {
        all.remove(observer);
    }

    void started(Launched launched) {
        for (LaunchObserver observer : all.now()) {
            try {
                observer.started(launched);
            } catch (Throwable e) { // dropped, whatever it is
                log(e);
            }
        }
    }

    void finished(Launched launched, @Nullable Throwable failure) {
        for (LaunchObserver observer : all.now()) {
            try {
                observer.finished(launched, failure);
            } catch (Throwable e) { // dropped, whatever it is
                log(e);
            }
        }
    }

    private static void log(Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "observer failed", thrown);
    }
}
