package org.leaklab.core.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes the characters of a text that a terminal, a log or a browser would act on instead of showing them.
 *
 * <p>A thread can have any name. A name with a line feed adds a line to a log, one with an escape sequence repaints a
 * terminal, and one with a bidirectional override shows its letters in another order. So leaklab escapes a text of the
 * observed program where it prints it, and keeps it as it is everywhere else.
 *
 * <p>These are escaped, in the notation of Java's sources (<code>\n</code>, <code>&#92;u001B</code>):
 *
 * <ul>
 *   <li>control characters, U+0000 to U+001F and U+007F to U+009F; U+0085 is a line end for some programs
 *   <li>U+2028 and U+2029, the separators of lines and of paragraphs
 *   <li>format characters, which are invisible or change the order of others, as U+202A to U+202E, U+2066 to U+2069
 *   <li>a half of a surrogate pair, which no encoding can carry
 * </ul>
 *
 * <p>A backslash stays one backslash. So escaping twice is the same as escaping once, and the text cannot be turned
 * back.
 */
public final class Printable {

    private static final int HIGHEST_OF_ONE_CHAR = 0xFFFF;

    private Printable() {}

    /** Returns the text on one line: with all such characters escaped. Returns the same string if it has none. */
    public static String of(String text) {
        return escaped(text, false);
    }

    /**
     * Returns a text that has lines, with all such characters escaped but line feeds and tabs. For a whole page or
     * message whose parts were made by {@link #of}, and for sources.
     */
    public static String lines(String text) {
        return escaped(text, true);
    }

    /**
     * Returns what {@code toString()} says, as it is; the name of the class if {@code toString()} throws. For failures:
     * one that cannot say what it is must not hide that something failed.
     */
    public static String textOf(@Nullable Object any) {
        try {
            return String.valueOf(any);
        } catch (Throwable thrown) { // whatever foreign code throws
            return any.getClass().getName();
        }
    }

    /** Returns whether a code point is shown as it is. False for a surrogate, which is a half of a pair. */
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /**
     * Returns a code point in hexadecimal, as Java and JSON write it: one or two times a backslash, u and four digits.
     */
    public static String unicodeEscape(int codePoint) {
        return codePoint <= HIGHEST_OF_ONE_CHAR
                ? String.format(Locale.ROOT, "\\u%04X", codePoint)
                : unicodeEscape(Character.highSurrogate(codePoint)) + unicodeEscape(Character.lowSurrogate(codePoint));
    }

    private static String escaped(String text, boolean keepLines) {
        int at = 0;
        while (at < text.length() && isKept(text.codePointAt(at), keepLines)) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            if (isKept(codePoint, keepLines)) {
                escaped.appendCodePoint(codePoint);
            } else {
                switch (codePoint) {
                    case '\n' -> escaped.append("\\n");
                    case '\r' -> escaped.append("\\r");
                    case '\t' -> escaped.append("\\t");
                    default -> escaped.append(unicodeEscape(codePoint));
                }
            }
        }
        return escaped.toString();
    }

    private static boolean isKept(int codePoint, boolean keepLines) {
        return isPrintable(codePoint) || (keepLines && (codePoint == '\n' || codePoint == '\t'));
    }
}
