package org.leaklab.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request of HTTP/1.0 or HTTP/1.1 (RFC 9112). A request has no body here.
 *
 * @param method as it was sent, such as {@code GET}
 * @param authority host and port of a target in absolute form; null for the usual target, which is a path
 * @param path as it was sent, without the query
 * @param query what stands after the question mark, or null
 * @param headers by their names in lower case
 */
record Request(
        String method,
        @Nullable String authority,
        String path,
        @Nullable String query,
        Map<String, String> headers) {

    static final int MOST_BYTES = 16 * 1024;
    private static final int AT_ONCE = 1024;
    private static final String SCHEME = "http://";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /**
     * Those that say who asks, and how long the request is: whoever sends one of them twice wants to be misunderstood.
     */
    private static final Set<String> ONCE =
            Set.of("host", "origin", "sec-fetch-site", "content-length", "transfer-encoding");

    /**
     * Reads a request. Waits for the client, but in total no longer than the patience, however often a byte comes.
     *
     * @return null if the client closed the connection before it sent anything
     * @throws RefusedException if the request did not come in time, is too long, has a body, or is none
     */
    static @Nullable Request read(Socket socket, Duration patience) throws IOException, RefusedException {
        byte[] head = head(socket, patience);
        return head == null ? null : parse(new String(head, StandardCharsets.ISO_8859_1));
    }

    /** Reads up to the empty line, and maybe a part of what follows. */
    private static byte @Nullable [] head(Socket socket, Duration patience) throws IOException, RefusedException {
        long deadline = System.nanoTime() + patience.toNanos();
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] some = new byte[AT_ONCE];
        while (head.size() <= MOST_BYTES) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw late(patience);
            }
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
            int count;
            try {
                count = in.read(some);
            } catch (SocketTimeoutException e) {
                throw late(patience);
            }
            if (count < 0) {
                if (head.size() == 0) {
                    return null;
                }
                throw new RefusedException(400, "the request ended before the empty line after its headers");
            }
            head.write(some, 0, count);
            if (hasEmptyLine(head.toByteArray(), head.size() - count)) {
                return head.toByteArray();
            }
        }
        throw new RefusedException(431, "the request line and the headers have more than " + MOST_BYTES + " bytes");
    }

    private static RefusedException late(Duration patience) {
        return new RefusedException(408, "the request was not complete within " + patience.toMillis() + " ms");
    }

    /** Whether one line end follows another, the second of them at or after a place. */
    private static boolean hasEmptyLine(byte[] head, int from) {
        for (int i = Math.max(1, from); i < head.length; i++) {
            if (head[i] == '\n' && (head[i - 1] == '\n' || (i > 1 && head[i - 1] == '\r' && head[i - 2] == '\n'))) {
                return true;
            }
        }
        return false;
    }

    private static Request parse(String head) throws RefusedException {
        List<String> lines = List.of(head.split("\r?\n", -1));
        String[] words = lines.getFirst().split(" ", -1);
        if (words.length != 3 || !words[0].matches(TOKEN) || !words[1].matches("[!-~]+")) {
            throw new RefusedException(400, "the first line is not a method, a path and a version of HTTP");
        }
        if (!words[2].matches("HTTP/1\\.[01]")) {
            throw new RefusedException(505, "the server speaks HTTP/1.1");
        }
        Map<String, String> headers = headers(lines);
        refuseBody(headers);
        String authority = null;
        String target = words[1];
        if (target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            String rest = target.substring(SCHEME.length());
            int slash = rest.indexOf('/');
            authority = slash < 0 ? rest : rest.substring(0, slash);
            target = slash < 0 ? "/" : rest.substring(slash);
        } else if (!target.startsWith("/")) {
            throw new RefusedException(400, "the target of the request is not a path");
        }
        int mark = target.indexOf('?');
        return new Request(
                words[0],
                authority,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                headers);
    }

    private static Map<String, String> headers(List<String> lines) throws RefusedException {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (colon < 1
                    || !line.substring(0, colon).matches(TOKEN)
                    || value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
                throw new RefusedException(
                        400, "a header is not a name, a colon and a value without control characters");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.putIfAbsent(name, value) != null && ONCE.contains(name)) {
                throw new RefusedException(400, "a header that may come once came twice: one of " + sorted(ONCE));
            }
        }
        return Map.copyOf(headers);
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private static void refuseBody(Map<String, String> headers) throws RefusedException {
        String length = headers.getOrDefault("content-length", "0");
        if (!length.matches("[0-9]+")) {
            throw new RefusedException(400, "Content-Length is not a number");
        }
        if (headers.containsKey("transfer-encoding") || !length.matches("0+")) {
            throw new RefusedException(413, "the server takes no body: send the request without one");
        }
    }
}
