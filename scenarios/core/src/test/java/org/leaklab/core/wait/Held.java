package org.leaklab.core.wait;

/** Holds the lock of a place, so that meanwhile no thread can enqueue there or take its node out. */
public final class Held implements AutoCloseable {

    private final MeetingPoint place;

    /** Takes the lock. */
    public Held(MeetingPoint place) {
        this.place = place;
        place.lock();
    }

    @Override
    public void close() {
        place.unlock();
    }
}
