package org.leaklab.bench.latency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept alive. One call at a time is on it, and whoever takes that call off the connection goes on
 * with it.
 *
 * <p>Nothing here blocks. The service's answers have no body: an answer ends with its head.
 */
final class KeptConnection {

    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    private static final int END_OF_HEAD = 0x0D0A0D0A; // two ends of lines
    private static final int LONGEST_HEAD = 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final SocketChannel channel;
    private final AtomicReference<@Nullable PendingRequest> call = new AtomicReference<>();
    private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_HEAD); // the receiver's

    private KeptConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Begins to connect, for a call. The selector's key, to which this is attached, gets connectable and then readable.
     *
     * @throws IOException if that fails at once; nothing is left then
     */
    static void open(InetSocketAddress service, Selector selector, PendingRequest first) throws IOException {
        KeptConnection connection = new KeptConnection(SocketChannel.open());
        boolean begun = false;
        try {
            connection.begin(service, selector, first);
            begun = true;
        } finally {
            if (!begun) {
                connection.close();
            }
        }
    }

    private void begin(InetSocketAddress service, Selector selector, PendingRequest first) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        call.set(first);
        first.on(this);
        if (channel.connect(service)) {
            channel.register(selector, SelectionKey.OP_READ, this);
            write();
        } else {
            channel.register(selector, SelectionKey.OP_CONNECT, this);
        }
    }

    /** Finishes what {@link #open} began, and sends the request. */
    void connected(SelectionKey key) throws IOException {
        if (channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            write();
        }
    }

    /**
     * Takes a call on and sends its request.
     *
     * @return false if the service has closed the connection meanwhile, so that the call needs another one
     */
    boolean ask(PendingRequest next) {
        call.set(next);
        next.on(this);
        try {
            write();
            return true;
        } catch (IOException e) {
            close();
            return !takeOff(next); // else the receiver has seen it too, and has ended the call
        }
    }

    private void write() throws IOException {
        if (channel.write(ByteBuffer.wrap(REQUEST)) < REQUEST.length) {
            throw new IOException("no room for a request on a connection that idles");
        }
    }

    /**
     * Reads what has come.
     *
     * @return the status of the answer when it is whole, 0 when more is to come
     * @throws IOException if the connection has ended, or the answer is longer than it should be
     */
    int read() throws IOException {
        if (channel.read(answer) < 0) {
            throw new EOFException("the service has closed the connection");
        }
        int length = answer.position();
        if (length >= Integer.BYTES && answer.getInt(length - Integer.BYTES) == END_OF_HEAD) {
            answer.clear();
            return 100 * digit(0) + 10 * digit(1) + digit(2);
        }
        if (!answer.hasRemaining()) {
            throw new IOException("the head of an answer is longer than " + LONGEST_HEAD + " bytes");
        }
        return 0;
    }

    private int digit(int index) {
        return answer.get(STATUS_AT + index) - '0';
    }

    /** Takes off whichever call is on it; null when none is. */
    @Nullable
    PendingRequest takeOff() {
        return call.getAndSet(null);
    }

    /** Takes off this call; false if it is not on it any more. */
    boolean takeOff(PendingRequest one) {
        return call.compareAndSet(one, null);
    }

    /** Closes it, whatever state it is in. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is of no use any more in any case
        }
    }
}
