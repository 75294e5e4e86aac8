package org.leaklab.detect;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;

/**
 * Writes a profile as JSON.
 *
 * <p>The object has the members {@code profile}, {@code scope}, {@code at} (an ISO-8601 instant), {@code total} and
 * {@code groups}, the largest group first. A group has {@code count}, {@code name}, {@code kind}, {@code state},
 * {@code waitsOn}, {@code creator}, {@code oldestSeconds}, {@code firstOwnFrame} and {@code stack}, the innermost frame
 * first. {@link StuckGroup#firstOwnFrame() firstOwnFrame} is null if the stack has none. An unknown {@code waitsOn} or
 * {@code oldestSeconds} is null; an unknown {@code creator} is the empty string.
 */
public final class ProfileJson {

    private ProfileJson() {}

    /** Returns the profile as indented JSON. */
    public static String of(ThreadProfile profile) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("profile", string(profile.name()));
        members.put("scope", string(profile.scope()));
        members.put("at", string(profile.at().toString()));
        members.put("total", String.valueOf(profile.threads().size()));
        members.put(
                "groups",
                array(profile.groups().stream().map(ProfileJson::group).toList()));
        return object(members, "");
    }

    private static String group(StuckGroup group) {
        Duration oldest = group.oldest();
        Map<String, String> members = new LinkedHashMap<>();
        members.put("count", String.valueOf(group.count()));
        members.put("name", string(group.name()));
        members.put("kind", string(group.kind().name().toLowerCase(Locale.ROOT)));
        members.put("state", string(ProfileText.state(group.state())));
        members.put("waitsOn", string(group.waitsOn()));
        members.put("creator", string(group.creator()));
        members.put("oldestSeconds", oldest == null ? "null" : String.valueOf(oldest.toSeconds()));
        members.put(
                "firstOwnFrame",
                string(group.firstOwnFrame().map(StackTraceElement::toString).orElse(null)));
        members.put("stack", stack(group.stack()));
        return object(members, "  ");
    }

    static String stack(List<StackTraceElement> frames) {
        return array(frames.stream().map(frame -> string(frame.toString())).toList());
    }

    /** A member a line; {@code indent} is where the object's end stands. */
    static String object(Map<String, String> members, String indent) {
        return members.entrySet().stream()
                .map(member -> indent + "  " + string(member.getKey()) + " : " + member.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    static String array(List<String> elements) {
        return elements.isEmpty() ? "[ ]" : elements.stream().collect(Collectors.joining(", ", "[ ", " ]"));
    }

    /** A string in quotes, or {@code null}. What acts on a terminal or a log instead of being shown is escaped too. */
    static String string(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '\b' -> quoted.append("\\b");
                case '\t' -> quoted.append("\\t");
                case '\n' -> quoted.append("\\n");
                case '\f' -> quoted.append("\\f");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (Printable.isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(Printable.unicodeEscape(c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
