package org.leaklab.core;

/** A close of a channel that is closed already: two parties believe that they own it. */
public final class CloseOfClosedChannelException extends IllegalStateException {
    CloseOfClosedChannelException() {
        super("close of closed channel: exactly one owner may close it, once");
    }
}
