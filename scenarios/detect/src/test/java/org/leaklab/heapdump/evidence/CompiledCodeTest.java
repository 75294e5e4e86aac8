package org.leaklab.heapdump.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists here are shortened from those of JDK 25. */
@Tag("once")
class CompiledCodeTest {

    private static final String LIST = """
            4 0 0 jdk.internal.misc.Unsafe.getReferenceVolatile(Ljava/lang/Object;J)Ljava/lang/Object; [0x00007f5223ec7008, 0x00007f5223ec7100 - 0x00007f5223ec7460]
            12 4 0 java.lang.Byte.toUnsignedInt(B)I [0x00007f5223ec8388, 0x00007f5223ec8480 - 0x00007f5223ec84e8]
            19 1 0 java.util.zip.ZipCoder$UTF8ZipCoder.isUTF8()Z [0x00007f5223ec8988, 0x00007f5223ec8a80 - 0x00007f5223ec8b40]
            36 4 1 java.lang.invoke.LambdaForm$DMH/0x0000000064041400.invokeStatic(Ljava/lang/Object;J)V [0x00007fdfe00cad88, 0x00007fdfe00cae80 - 0x00007fdfe00caf18]
            40 4 0 org.example.Shop$$Lambda/0x0000000064041800.run()V [0x00007fdfe00cad88, 0x00007fdfe00cae80 - 0x00007fdfe00caf18]
            41 3 0 org.example.Shop.<init>(I)V [0x00007fdfe00cad88, 0x00007fdfe00cae80 - 0x00007fdfe00caf18]
            """;

    private static final String LATER =
            "77 4 0 org.example.Shop.sell()V [0x00007fdfe00cad88, 0x00007fdfe00cae80 - 0x00007fdfe00caf18]\n";

    private static CompiledCode code(String before, String after) {
        CompiledCode code = CompiledCode.of(before, after);
        assertThat(code).isNotNull();
        return code;
    }

    @Test
    void onlyOptimizedCodeCounts() {
        CompiledCode code = code(LIST, LIST);
        assertThat(code.has("java.lang.Byte", "toUnsignedInt")).isTrue();
        assertThat(code.has("java.util.zip.ZipCoder$UTF8ZipCoder", "isUTF8")).isFalse();
        assertThat(code.has("jdk.internal.misc.Unsafe", "getReferenceVolatile")).isFalse();
        assertThat(code.has("org.example.Shop", "<init>")).isFalse();
        assertThat(code.has("org.example.Shop", "sell")).isFalse();
    }

    /** In state 1 new calls do not enter it, but a thread may still run it. */
    @Test
    void hiddenClassesAreNotToldApartAndCodeThatWasGivenUpCounts() {
        CompiledCode code = code(LIST, LIST);
        assertThat(code.has("java.lang.invoke.LambdaForm$DMH+0x00007f0064041400", "invokeStatic"))
                .isTrue();
        assertThat(code.has("org.example.Shop$$Lambda+0x00007f0000000001", "run"))
                .isTrue();
        assertThat(code.has("org.example.Shop$$Lambda+0x00007f0000000001", "call"))
                .isFalse();
        assertThat(code.has("org.example.Till$$Lambda+0x00007f0000000001", "run"))
                .isFalse();
    }

    @Test
    void whatOneOfBothListsHasMayHaveRun() {
        assertThat(code(LIST, LIST + LATER).has("org.example.Shop", "sell")).isTrue();
        assertThat(code(LIST + LATER, LIST).has("org.example.Shop", "sell")).isTrue();
    }

    /** As methods of Kotlin, Groovy and Scala are called; only what is not in ASCII cannot be looked up. */
    @Test
    void namesMayHaveBlanksParenthesesAndOtherLetters() {
        CompiledCode code =
                code(LIST, "78 4 0 org.example.A b(c).sells (at noon) to all(Lorg/example/X;)V [0x01, 0x02 - 0x03]\n");
        assertThat(code.has("org.example.A b(c)", "sells (at noon) to all")).isTrue();
        assertThat(code.has("org.example.A b(c)", "buys (at noon)")).isFalse();
        assertThat(code.has("org.example.Shop", "öffnet")).isTrue();
    }

    /** As with -Xint. */
    @Test
    void nothingMayBeCompiled() {
        assertThat(code("", "\n").has("org.example.Shop", "sell")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unknown diagnostic command",
                "12 x 0 a.B.c()V [",
                "12 4 0 a.B.c",
                "1 2 3",
                "12 4 0 a.B.c(",
                "12 4 0 a.B.c()V [0x01, 0x02"
            })
    void whatIsNoSuchListSaysNothing(String other) {
        assertThat(CompiledCode.of(LIST, other)).isNull();
        assertThat(CompiledCode.of(other, LIST)).isNull();
    }
}
