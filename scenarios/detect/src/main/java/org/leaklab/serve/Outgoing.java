package org.leaklab.serve;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers that clients have not taken yet. Together they take no more memory than a limit: where one more would
 * exceed it, the oldest are dropped. A client that reads has its answer long before.
 *
 * <p>Invariant: {@code sum} is the sum of the values in {@code bytes}. Safe for use by several threads.
 */
final class Outgoing {

    private final long most;

    // guarded by this
    private final Map<HttpConnection, Integer> bytes = new LinkedHashMap<>(); // the oldest first
    private long sum;

    Outgoing(long most) {
        this.most = most;
    }

    /** Adds an answer, however long, and closes the connections of others that have to go for it. */
    void begin(HttpConnection connection, int length) {
        List<HttpConnection> dropped = new ArrayList<>();
        synchronized (this) {
            Iterator<Map.Entry<HttpConnection, Integer>> oldest =
                    bytes.entrySet().iterator();
            while (sum + length > most && oldest.hasNext()) {
                Map.Entry<HttpConnection, Integer> other = oldest.next();
                sum -= other.getValue();
                oldest.remove();
                dropped.add(other.getKey());
            }
            bytes.put(connection, length);
            sum += length;
        }
        dropped.forEach(HttpConnection::abort);
    }

    /** Removes an answer that was taken or dropped. */
    synchronized void end(HttpConnection connection) {
        Integer length = bytes.remove(connection);
        if (length != null) {
            sum -= length;
        }
    }
}
