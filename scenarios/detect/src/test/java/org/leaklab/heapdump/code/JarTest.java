package org.leaklab.heapdump.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars are read as the JDK reads them, and those inside of others as Spring Boot does. */
class JarTest {

    private static final String NAME = "shop/Cart.class";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String RELEASES = "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n";

    @TempDir
    Path directory;

    private static byte[] zip(boolean stored, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : new TreeMap<>(entries).entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                if (stored) {
                    CRC32 sum = new CRC32();
                    sum.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                out.putNextEntry(entry);
                out.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.repeat(100).getBytes(StandardCharsets.UTF_8);
    }

    private Jar open(byte[] bytes) throws IOException {
        return Jar.open(Files.write(directory.resolve("a.jar"), bytes), Instant.now());
    }

    @Test
    void readsWhatIsPackedAndWhatIsNot() throws Exception {
        for (boolean stored : new boolean[] {true, false}) {
            try (Jar jar = open(zip(stored, Map.of(NAME, text("cart"), "BOOT-INF/classes/" + NAME, text("boot"))))) {
                assertThat(jar.classFile("", NAME, 25)).isEqualTo(text("cart"));
                assertThat(jar.classFile("BOOT-INF/classes/", NAME, 25)).isEqualTo(text("boot"));
                assertThat(jar.classFile("", "shop/None.class", 25)).isNull();
            }
        }
    }

    @Test
    void givesTheClassOfTheRelease() throws Exception {
        Map<String, byte[]> entries = new TreeMap<>(Map.of(
                NAME,
                text("base"),
                "META-INF/versions/9/" + NAME,
                text("nine"),
                "META-INF/versions/21/" + NAME,
                text("twenty-one"),
                "META-INF/versions/8/" + NAME,
                text("none")));
        try (Jar jar = open(zip(false, entries))) {
            assertThat(jar.classFile("", NAME, 25))
                    .as("the manifest does not say so")
                    .isEqualTo(text("base"));
        }
        entries.put(MANIFEST, RELEASES.getBytes(StandardCharsets.UTF_8));
        try (Jar jar = open(zip(false, entries))) {
            assertThat(jar.classFile("", NAME, 8)).isEqualTo(text("base"));
            assertThat(jar.classFile("", NAME, 20)).isEqualTo(text("nine"));
            assertThat(jar.classFile("", NAME, 21)).isEqualTo(text("twenty-one"));
            assertThat(jar.classFile("", NAME, 27)).isEqualTo(text("twenty-one"));
            assertThatThrownBy(() -> jar.classFile("", NAME, 0)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsAJarInAJar() throws Exception {
        byte[] inner = zip(
                false,
                Map.of(
                        NAME,
                        text("base"),
                        "META-INF/versions/11/" + NAME,
                        text("eleven"),
                        MANIFEST,
                        RELEASES.getBytes(StandardCharsets.UTF_8)));
        String name = "BOOT-INF/lib/cart.jar";
        try (Jar jar = open(zip(true, Map.of(name, inner)))) {
            assertThat(jar.jars()).containsExactly(name);
            assertThat(jar.within("BOOT-INF/lib/none.jar")).isNull();
            Jar within = jar.within(name);
            assertThat(within).isNotNull();
            assertThat(within.classFile("", NAME, 21)).isEqualTo(text("eleven"));
            assertThat(within.classFile("", NAME, 10)).isEqualTo(text("base"));
        }
        try (Jar jar = open(zip(false, Map.of(name, inner)))) {
            assertThatThrownBy(() -> jar.within(name)).hasMessageContaining("is packed");
        }
    }

    /** Shell scripts are put before jars, to make them executable. */
    @Test
    void somethingMayStandBeforeTheJar() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(text("#!/bin/sh\n"));
        bytes.write(zip(false, Map.of(NAME, text("cart"))));
        try (Jar jar = open(bytes.toByteArray())) {
            assertThat(jar.classFile("", NAME, 25)).isEqualTo(text("cart"));
        }
    }

    @Test
    void readsNoClassThatIsYoungerThanTheDump() throws Exception {
        Path file = Files.write(directory.resolve("a.jar"), zip(false, Map.of(NAME, text("cart"))));
        try (Jar jar = Jar.open(file, Instant.now().minus(Duration.ofDays(2)))) {
            assertThatThrownBy(() -> jar.classFile("", NAME, 25)).hasMessageContaining("younger");
        }
    }

    /** Each byte of a small jar is changed: what comes out is a class file, none, or an error. */
    @Test
    void whatIsDamagedIsSaidToBe() throws Exception {
        byte[] whole = zip(
                true,
                Map.of(
                        "b.jar",
                        zip(false, Map.of(NAME, text("cart"))),
                        MANIFEST,
                        RELEASES.getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < whole.length; i++) {
            for (int value : new int[] {0, 0x7f, 0xff}) {
                byte[] damaged = whole.clone();
                damaged[i] = (byte) value;
                try (Jar jar = open(damaged)) {
                    Jar within = jar.within("b.jar");
                    if (within != null) {
                        within.classFile("", NAME, 25);
                    }
                } catch (IOException e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        }
        assertThatThrownBy(() -> open(new byte[10])).isInstanceOf(IOException.class);
    }
}
