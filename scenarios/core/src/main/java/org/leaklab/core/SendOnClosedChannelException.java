package org.leaklab.core;

/** A send on a channel that is closed, or was closed while the sender waited: the value was not delivered. */
public final class SendOnClosedChannelException extends IllegalStateException {
    SendOnClosedChannelException() {
        super("send on closed channel: only the sender's side may close, and only after its last send");
    }
}
