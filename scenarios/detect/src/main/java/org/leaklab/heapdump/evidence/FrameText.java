package org.leaklab.heapdump.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Frames as text: {@code java.lang.Thread.sleep(java.base@25/Thread.java:509)},
 * {@code java.base/java.lang.Thread.run(Thread.java:1583)}.
 */
final class FrameText {

    private static final Pattern FRAME =
            Pattern.compile("(?<type>.+)\\.(?<method>[^.(]+)\\((?<place>[^()]*)\\)", Pattern.DOTALL);
    private static final Pattern HIDDEN = Pattern.compile("/0x[0-9a-f]+$");
    private static final int NATIVE = -2;
    private static final int NO_LINE = -1;

    private FrameText() {}

    /** The frame, without loader and module; null if the text is none. */
    static @Nullable StackTraceElement parse(String text) {
        Matcher frame = FRAME.matcher(text);
        if (!frame.matches()) {
            return null;
        }
        String type = frame.group("type");
        Matcher hidden = HIDDEN.matcher(type);
        int end = hidden.find() ? hidden.start() : type.length();
        type = type.substring(type.lastIndexOf('/', end - 1) + 1);
        String place = frame.group("place");
        place = place.substring(place.lastIndexOf('/') + 1); // behind the module
        int colon = place.lastIndexOf(':');
        String file = colon < 0 ? place : place.substring(0, colon);
        boolean known = !place.equals("Native Method") && !place.equals("Unknown Source") && !place.equals("Redefined");
        return new StackTraceElement(
                type,
                frame.group("method"),
                known ? file : null,
                place.equals("Native Method") ? NATIVE : colon < 0 ? NO_LINE : line(place.substring(colon + 1)));
    }

    private static int line(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return NO_LINE;
        }
    }
}
