package org.leaklab.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "0000, \\u0000",
        "0009, \\t",
        "000A, \\n",
        "000D, \\r",
        "001B, \\u001B",
        "007F, \\u007F",
        "0085, \\u0085",
        "009B, \\u009B",
        "061C, \\u061C",
        "200B, \\u200B",
        "2028, \\u2028",
        "2029, \\u2029",
        "202A, \\u202A",
        "202E, \\u202E",
        "2066, \\u2066",
        "2069, \\u2069",
        "FEFF, \\uFEFF",
        "D800, \\uD800",
        "DFFF, \\uDFFF",
        "E0001, \\uDB40\\uDC01"
    })
    void isEscaped(String hexadecimal, String escape) {
        int codePoint = Integer.parseInt(hexadecimal, 16);
        assertThat(Printable.of("a" + Character.toString(codePoint) + "z")).isEqualTo("a" + escape + "z");
        assertThat(Printable.isPrintable(codePoint)).isFalse();
    }

    @Test
    void whatIsShownStaysTheSameString() {
        String shown = "Überweisung-42 \\ \"支払い\" שלום 🧵 <b>'&";
        assertThat(Printable.of(shown)).isSameAs(shown);
        assertThat(Printable.lines(shown)).isSameAs(shown);
        assertThat(Printable.of("")).isEmpty();
    }

    @Test
    void aPairStaysAndItsHalvesAreEscaped() {
        assertThat(Printable.of("🧵\uD83E🧵\uDDF5")).isEqualTo("🧵\\uD83E🧵\\uDDF5");
    }

    @Test
    void escapingTwiceIsEscapingOnce() {
        String once = Printable.of("a\u001B[31m\n");
        assertThat(Printable.of(once)).isEqualTo(once);
    }

    @Test
    void linesKeepLineFeedsAndTabs() {
        assertThat(Printable.lines("a\n\tb\r\n\u001B")).isEqualTo("a\n\tb\\r\n\\u001B");
    }
}
