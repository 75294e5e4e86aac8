package org.leaklab.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;

/**
 * Serves profiles of threads over HTTP, under the same path as Go. It has these pages:
 *
 * <ul>
 *   <li>{@code /debug/pprof/}: an index that shows the groups of threads and refreshes them
 *   <li>{@code /debug/pprof/threads}: what each thread does. A {@linkplain org.leaklab.detect.ProbeWatch probe} hides
 *       threads for moments; so the server waits for one that is under way, up to 10 seconds, and answers with status
 *       503 if it has not ended then.
 *   <li>{@code /debug/pprof/threadleak}: virtual threads that nothing alive can reach. This needs a
 *       {@linkplain Reachability#probe() probe}, which collects garbage. POST runs a new one. GET gives the result of
 *       the last one, and runs a new one only if the last has ended longer ago than the
 *       {@linkplain Builder#probeInterval interval}, 60 seconds unless the builder says otherwise. Everyone who asks
 *       while a probe is under way gets its result. Which threads it judges depends on the detector: those of one
 *       launcher ({@link Reachability#of}), or all of the JVM ({@link Reachability#ofAllVirtualThreads}). Where a probe
 *       cannot run, the answer has status 503 and says why. The header {@code Age} of the answer, and a line of its
 *       text, say how many seconds ago the probe ended. The header {@code Leaklab-Suspects}, if there is one, says how
 *       many threads are {@linkplain org.leaklab.detect.Finding#suspects() perhaps leaked}; they are not in the
 *       profile.
 *   <li>{@code /debug/pprof/goroutine} and {@code /debug/pprof/goroutineleak}: the same as {@code threads} and
 *       {@code threadleak}, under the names that tools for Go ask for, so that they scrape this server unchanged. They
 *       share the interval and the last probe.
 *   <li>{@code /debug/health}: the {@linkplain org.leaklab.detect.Health health} of the program as JSON, at most a
 *       second old: status 503 if threads are in a deadlock, and 200 if no deadlock is seen, however many threads are
 *       leaked. It takes no parameters.
 * </ul>
 *
 * <p>The command {@code go tool pprof http://127.0.0.1:PORT/debug/pprof/threads} reads a profile. The parameter
 * {@code debug=1} gives the groups as text, and {@code debug=2} gives each thread. The parameter {@code format} is
 * {@code pprof}, {@code text}, {@code collapsed} or {@code json}. Without protobuf, the answer for {@code go tool
 * pprof} is text. Its first line and the header {@code Leaklab-Missing} say what to add; see
 * {@link org.leaklab.detect.Pprof}.
 *
 * <p>The server listens on the loopback address unless the caller names another. It asks for no password: everyone who
 * can connect sees names and stacks. Web pages cannot: the server refuses a request whose header {@code Host} is
 * neither a loopback name nor {@linkplain Builder#allowedHosts allowed} (status 421), and one that a page of another
 * site sent (403). It refuses other methods (405), unknown parameters (400), requests with a body (413), and requests
 * that are not complete within 5 seconds (408). It closes a connection whose client does not take 64 KiB of an answer
 * within 10 seconds, and the oldest ones when the answers that were not taken yet exceed an eighth of the heap. An
 * answer never repeats a part of the request. The server makes at most 4 profiles at a time and refuses more with
 * status 503. Probes run one after the other.
 *
 * <p>The server does not keep the JVM alive, unless the builder {@linkplain Builder#daemon says so}. Safe for use by
 * several threads.
 */
public final class ProfileServer implements AutoCloseable {

    private final Listener listener;
    /** Seen by tests. */
    final Pages pages;

    private ProfileServer(Builder builder) throws IOException {
        pages = new Pages(
                builder.source, builder.sharedProbe(), new AllowedHosts(builder.address, builder.allowedHosts));
        listener = new Listener(builder.address, pages, builder.limits, builder.daemon);
    }

    /**
     * Starts a server on a port of the loopback address. The server accepts requests when this method returns.
     *
     * @param port the port, or 0 for a free one; {@link #address()} tells which
     * @param source the threads that the server shows
     * @param reachability the detector for {@code threadleak}. If it is null, the server answers this page with status
     *     503. {@link #close()} does not close the detector.
     * @throws UncheckedIOException if the server cannot listen on the port, for example because it is in use
     */
    public static ProfileServer start(int port, ThreadSource source, @Nullable Reachability reachability) {
        return builder(source).port(port).reachability(reachability).start();
    }

    /**
     * Starts a server on an address. Everyone who can reach the address can read the profiles.
     *
     * @param address the address and the port; port 0 for a free one
     * @param source the threads that the server shows
     * @param reachability the detector for {@code threadleak}, or null
     * @throws UncheckedIOException if the server cannot listen on the address
     */
    public static ProfileServer start(
            InetSocketAddress address, ThreadSource source, @Nullable Reachability reachability) {
        return builder(source).address(address).reachability(reachability).start();
    }

    /** Returns a builder of a server that shows the threads of a source, on a free port of the loopback address. */
    public static Builder builder(ThreadSource source) {
        return new Builder(source);
    }

    /** Returns the address and the port on which the server listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /**
     * Stops the server: closes its port and its connections, interrupts the threads that work on requests, and waits
     * until all its threads have ended. If the current thread is interrupted, it waits all the same and keeps its
     * interrupt flag. A second call does nothing.
     */
    @Override
    public void close() {
        listener.close();
    }

    /** Builds a server. Its methods change it and return it. Not safe for use by several threads. */
    public static final class Builder {

        private static final Duration PROBE_INTERVAL = Duration.ofSeconds(60);

        private final ThreadSource source;
        private InetSocketAddress address = loopback(0);
        private SharedProbe.@Nullable Source probe;
        private @Nullable SharedProbe shared;
        private Duration probeInterval = PROBE_INTERVAL;
        private List<String> allowedHosts = List.of();
        private boolean daemon = true;
        private HttpConnection.Limits limits = HttpConnection.Limits.USUAL;

        private Builder(ThreadSource source) {
            this.source = source;
        }

        private static InetSocketAddress loopback(int port) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        /** Listens on a port of the loopback address; 0, the default, is a free one. */
        public Builder port(int port) {
            address = loopback(port);
            return this;
        }

        /**
         * Listens on an address. Everyone who can reach it can read the profiles. The name and the address are allowed
         * in {@code Host}; for an address that stands for all of this machine, as 0.0.0.0, use {@link #allowedHosts}.
         *
         * @throws IllegalArgumentException if the address is a name that has no address
         */
        public Builder address(InetSocketAddress where) {
            if (where.isUnresolved()) {
                throw new IllegalArgumentException("the address of the server is a name that was not found");
            }
            address = where;
            return this;
        }

        /**
         * Serves {@code threadleak} with the probes of a detector. {@link ProfileServer#close()} does not close it.
         *
         * @param detector the detector, or null to answer this page with status 503
         */
        public Builder reachability(@Nullable Reachability detector) {
            probe = detector == null ? null : detector::probe;
            return this;
        }

        /** Serves {@code threadleak} with probes of another kind. */
        Builder probe(SharedProbe.Source source) {
            probe = source;
            return this;
        }

        /**
         * Serves {@code threadleak} with probes that others ask for too, such as metrics. They share the last result.
         * The interval is that of the shared probe; {@link #reachability} and {@link #probeInterval} have no effect.
         */
        public Builder sharedProbe(SharedProbe probe) {
            shared = probe;
            return this;
        }

        private @Nullable SharedProbe sharedProbe() {
            if (shared != null) {
                return shared;
            }
            return probe == null ? null : new SharedProbe(probe, probeInterval);
        }

        /**
         * Sets how old the result of a probe may be before a GET of {@code threadleak} runs a new one; the default is
         * 60 seconds. With zero, each GET runs a probe, or shares the one that is under way.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder probeInterval(Duration interval) {
            if (interval.isNegative()) {
                throw new IllegalArgumentException("the interval of probes must not be negative, but is " + interval);
            }
            probeInterval = interval;
            return this;
        }

        /**
         * Answers requests whose header {@code Host} is one of these names, besides loopback names. Use it behind a
         * proxy, or with {@link #address}.
         *
         * @param names names or addresses without a port, as {@code ops.example.org}, {@code 10.0.0.7},
         *     {@code [fd00::7]}
         * @throws IllegalArgumentException if one of them is not such a name
         */
        public Builder allowedHosts(String... names) {
            allowedHosts = List.of(names).stream().map(AllowedHosts::checked).toList();
            return this;
        }

        /**
         * Sets whether the JVM may end while the server listens, as {@link Thread#setDaemon} does; the default is true.
         * With false, the server keeps the JVM alive until {@link ProfileServer#close()}.
         */
        public Builder daemon(boolean on) {
            daemon = on;
            return this;
        }

        Builder limits(HttpConnection.Limits other) {
            limits = other;
            return this;
        }

        /**
         * Starts the server. It accepts requests when this method returns.
         *
         * @throws UncheckedIOException if it cannot listen on the address, for example because the port is in use
         */
        public ProfileServer start() {
            try {
                return new ProfileServer(this);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
            }
        }
    }
}
