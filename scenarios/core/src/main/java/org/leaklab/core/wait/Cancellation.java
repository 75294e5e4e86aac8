package org.leaklab.core.wait;

import java.util.concurrent.CancellationException;

/** What may end a wait from outside: the context that the wait runs under. */
public interface Cancellation {

    /** The place that is closed by the cancellation. Nothing is ever sent there; a wait leaves a node to be told. */
    MeetingPoint done();

    /** A new exception for a thread whose wait was cancelled. */
    CancellationException exception();
}
