package org.leaklab.detect.json;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as a stream and keeps none of it. It is here because a thread dump of the JDK is JSON, the JDK has no
 * parser, and this module takes no library for it.
 *
 * <p>Strict: what is not JSON after RFC 8259 is an {@link IOException} with the place. The caller asks for the values
 * in the order of the text, and for each one exactly once.
 */
public final class JsonText {

    private static final int END = -1;
    private static final int DEEPEST = 100;

    private final Reader in;
    private int next;
    private long place;
    private int depth;

    /** Begins to read a text. */
    public JsonText(Reader in) throws IOException {
        this.in = in;
        this.next = in.read();
    }

    /** Reads the value of a member whose name has been read. */
    @FunctionalInterface
    public interface Member {
        /** Must read exactly one value. */
        void read(String name) throws IOException;
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    public interface Element {
        /** Must read exactly one value. */
        void read() throws IOException;
    }

    /** Reads an object, member by member. */
    public void object(Member member) throws IOException {
        open('{');
        if (!isNext('}')) {
            do {
                expectNext('"');
                String name = string();
                expect(':');
                member.read(name);
            } while (isMore('}'));
        }
        close('}');
    }

    /** Reads an array, element by element. */
    public void array(Element element) throws IOException {
        open('[');
        if (!isNext(']')) {
            do {
                element.read();
            } while (isMore(']'));
        }
        close(']');
    }

    /** Reads a string, a number, or one of the three words: as text, or null for {@code null}. */
    public @Nullable String scalar() throws IOException {
        skipBlank();
        if (next == '"') {
            return string();
        }
        StringBuilder text = new StringBuilder();
        while (next == '-' || next == '+' || next == '.' || Character.isLetterOrDigit(next)) {
            text.append((char) next);
            advance();
        }
        String word = text.toString();
        if (!word.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            throw wrong("a value");
        }
        return word.equals("null") ? null : word;
    }

    /** Reads a value of any kind and drops it. */
    public void skip() throws IOException {
        skipBlank();
        if (next == '{') {
            object(name -> skip());
        } else if (next == '[') {
            array(this::skip);
        } else {
            scalar();
        }
    }

    /** Nothing but blanks may follow. */
    public void end() throws IOException {
        skipBlank();
        if (next != END) {
            throw wrong("the end");
        }
    }

    private void open(char bracket) throws IOException {
        expect(bracket);
        if (++depth > DEEPEST) {
            throw wrong("no more than " + DEEPEST + " levels");
        }
    }

    private void close(char bracket) throws IOException {
        expect(bracket);
        depth--;
    }

    /** After a value: whether a comma follows; if not, the bracket must. */
    private boolean isMore(char bracket) throws IOException {
        skipBlank();
        if (next == ',') {
            advance();
            return true;
        }
        expectNext(bracket);
        return false;
    }

    private String string() throws IOException {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (next != '"') {
            if (next < ' ') { // the end of the text too
                throw wrong("the rest of a string");
            }
            char c = (char) next;
            advance();
            text.append(c == '\\' ? escaped() : c);
        }
        advance();
        return text.toString();
    }

    private char escaped() throws IOException {
        int letter = next;
        advance();
        return switch (letter) {
            case '"', '\\', '/' -> (char) letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = next < 128 ? Character.digit(next, 16) : -1;
                    if (digit < 0) {
                        throw wrong("four hexadecimal digits");
                    }
                    code = 16 * code + digit;
                    advance();
                }
                yield (char) code;
            }
            default -> throw wrong("an escape");
        };
    }

    private boolean isNext(char wanted) throws IOException {
        skipBlank();
        return next == wanted;
    }

    private void expectNext(char wanted) throws IOException {
        if (!isNext(wanted)) {
            throw wrong("'" + wanted + "'");
        }
    }

    private void expect(char wanted) throws IOException {
        expectNext(wanted);
        advance();
    }

    private void skipBlank() throws IOException {
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            advance();
        }
    }

    private void advance() throws IOException {
        next = in.read();
        place++;
    }

    private IOException wrong(String wanted) {
        return new IOException("not JSON: at character " + place + " stands "
                + (next == END ? "the end" : "'" + (char) next + "'") + " instead of " + wanted);
    }
}
