package org.leaklab.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.leaklab.testing.Eventually;

/** A client that sends what no library would. */
final class RawClient implements AutoCloseable {

    final Socket socket = new Socket();

    RawClient(ProfileServer server) throws IOException {
        this(server, 0);
    }

    /** @param buffer bytes that the system takes of an answer before the client reads, about; 0 for the usual */
    RawClient(ProfileServer server, int buffer) throws IOException {
        if (buffer > 0) {
            socket.setReceiveBufferSize(buffer);
        }
        int patience = (int) Eventually.PATIENCE.toMillis();
        socket.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()), patience);
        socket.setSoTimeout(patience);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether a part of an answer has come. */
    boolean hasAnswer() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes until the server closes; fails if it does not in time. A reset counts as a close. */
    String rest() throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            byte[] some = new byte[8192];
            for (int count; (count = in.read(some)) >= 0; ) {
                text.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            text.append("(reset)");
        }
        return text.toString();
    }

    /** Sends a request with lines of headers, and returns the whole answer. */
    static String ask(ProfileServer server, String line, String... headers) throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send(line + "\r\n" + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
            return client.rest();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
