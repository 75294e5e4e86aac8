package org.leaklab.serve;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer with its body, and with headers besides those of every answer. Its strings never hold a part of the
 * request.
 */
record HttpAnswer(int status, String type, byte[] body, Map<String, String> headers) {

    static final String TEXT = "text/plain; charset=utf-8";

    HttpAnswer(int status, String type, byte[] body) {
        this(status, type, body, Map.of());
    }

    static HttpAnswer text(String text) {
        return new HttpAnswer(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that says in one sentence why the server does not do what was asked for. */
    static HttpAnswer refusal(int status, String sentence) {
        return new HttpAnswer(status, TEXT, (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, type, body, more);
    }

    /** The words that stand beside the status in the first line of an answer (RFC 9110). */
    String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 421 -> "Misdirected Request";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Internal Server Error";
        };
    }
}
