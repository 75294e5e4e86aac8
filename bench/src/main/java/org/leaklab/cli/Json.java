package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the commands print it: indented where it is one document, in the order of the fields. A reader of JSON gets
 * each string as it was; a terminal that shows the JSON gets no control characters.
 */
final class Json {

    /**
     * Escapes what is not printable, and every half of a surrogate pair: it is not told whether the other half follows.
     */
    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1;
        private static final int DELETE = 0x7F;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[DELETE] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int ch) {
            return Printable.isPrintable(ch) ? null : new SerializedString(Printable.unicodeEscape(ch));
        }
    }

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().characterEscapes(new Escapes()).build())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Json() {}

    /** Writes it, and the end of the line; the writer stays open. */
    static void write(Writer out, Object value) throws IOException {
        MAPPER.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET).writeValue(out, value);
        out.write(System.lineSeparator());
    }

    /** Writes it on one line, and the end of the line: for who reads several, one after the other. */
    static void writeLine(Writer out, Object value) throws IOException {
        MAPPER.writer()
                .without(SerializationFeature.INDENT_OUTPUT)
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .writeValue(out, value);
        out.write(System.lineSeparator());
    }

    static void print(PrintWriter out, Object value) {
        out.println(MAPPER.writeValueAsString(value));
        out.flush();
    }
}
