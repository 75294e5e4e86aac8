package org.leaklab.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides from its headers whether a request may be answered. Two attacks of a web page on a server of the user's own
 * machine are stopped here.
 *
 * <ul>
 *   <li><em>DNS rebinding</em>: a page makes its own name point to 127.0.0.1, and then the server is of the page's
 *       origin. The header {@code Host} still has the page's name. So it must be a loopback name or one that was
 *       allowed.
 *   <li><em>Cross-site requests</em>: a page of another origin sends a request and cannot read the answer, but the
 *       server would collect garbage. Browsers say so in {@code Sec-Fetch-Site} (Fetch Metadata): only
 *       {@code same-origin} and {@code none}, a link that the user typed, are answered; {@code same-site} is another
 *       port of this machine. Where {@code Origin} is sent, it must have the host and port of {@code Host}, as in Go's
 *       {@code http.CrossOriginProtection}. Programs such as curl send neither.
 * </ul>
 */
final class AllowedHosts {

    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    /** In lower case, without a port; IPv6 addresses in brackets. */
    private final Set<String> names = new HashSet<>();

    /**
     * Allows loopback names, the address that the server was told to listen on, and more names.
     *
     * @throws IllegalArgumentException if one of them is not the name or the address of a host
     */
    AllowedHosts(InetSocketAddress address, Collection<String> more) {
        names.add("localhost");
        if (!address.getAddress().isAnyLocalAddress()) {
            String literal = address.getAddress().getHostAddress();
            names.add(literal.contains(":") ? "[" + literal.replaceFirst("%.*", "") + "]" : literal);
            names.add(address.getHostString().toLowerCase(Locale.ROOT));
        }
        for (String name : more) {
            names.add(checked(name));
        }
    }

    /** A name as {@code Host} has it, without a port. */
    static String checked(String name) {
        String bare = name.toLowerCase(Locale.ROOT);
        if (!bare.matches("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]+]")) {
            throw new IllegalArgumentException("an allowed host is a name or an address without scheme, port and path,"
                    + " such as ops.example.org, 10.0.0.7 or [fd00::7]");
        }
        return bare;
    }

    /** @throws RefusedException if the request is not for this server, or comes from another site */
    void check(Request request) throws RefusedException {
        String host = request.headers().get("host");
        if (host == null) {
            throw new RefusedException(400, "the request has no header Host");
        }
        if (!isAllowed(host) || (request.authority() != null && !isAllowed(request.authority()))) {
            throw new RefusedException(
                    421,
                    "this server answers requests whose header Host is localhost or a loopback address: use one of them,"
                            + " or allow the name with ProfileServer.Builder.allowedHosts (serve: --allowed-host)");
        }
        String site = request.headers().get("sec-fetch-site");
        if ((site != null && !OWN_SITE.contains(site))
                || !isOwn(request.headers().get("origin"), host)) {
            throw new RefusedException(
                    403, "the request comes from another site: open /debug/pprof/ in a window of its own, or use curl");
        }
    }

    private static boolean isOwn(@Nullable String origin, String host) {
        return origin == null
                || origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host);
    }

    private boolean isAllowed(String hostAndPort) {
        String host = hostAndPort.replaceFirst(":[0-9]{0,5}$", "").toLowerCase(Locale.ROOT);
        return names.contains(host) || isLoopback(host);
    }

    /**
     * Whether it is written as a loopback address. Asks no name service: a text without a colon or with other signs is
     * no.
     */
    private static boolean isLoopback(String host) {
        if (host.matches("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}")) {
            return true;
        }
        if (!host.matches("\\[[0-9a-f:.]*:[0-9a-f:.]*]")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
