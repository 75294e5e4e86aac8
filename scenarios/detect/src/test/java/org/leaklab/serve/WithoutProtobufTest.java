package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.alone.ServesOnce;
import org.leaklab.core.Launcher;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Analyzer;

/** Serves in JVMs that have no protobuf, or do not see the one that they have. */
@Tag("once")
class WithoutProtobufTest {

    private static final int PATIENCE_SECONDS = 100;
    private static final String MISSING = "com.google.protobuf:protobuf-javalite";
    private static final String TEXT = "200|text/plain; charset=utf-8|";
    private static final String BINARY = "200|application/octet-stream|nothing|";

    @TempDir
    Path folder;

    private static Path place(Class<?> of) {
        try {
            return Path.of(
                    of.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String path(Class<?>... of) {
        return Stream.of(of).map(type -> place(type).toString()).collect(Collectors.joining(File.pathSeparator));
    }

    private static String classPathWithoutProtobuf() {
        Path protobuf = place(CodedOutputStream.class);
        List<String> whole = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        List<String> without =
                whole.stream().filter(entry -> !Path.of(entry).equals(protobuf)).toList();
        assertThat(without).hasSize(whole.size() - 1);
        return String.join(File.pathSeparator, without);
    }

    /** What the program prints with options of the JVM, a line for each query after the first, which has the module. */
    private List<String> said(List<String> options, String... queries) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(ServesOnce.class.getName());
        command.addAll(Arrays.asList(queries));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("comes to its end in time")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readAllLines(said);
    }

    /** With the library as modules. */
    private List<String> saidByModules(String modulePath, String classPath, String modules) throws Exception {
        return said(List.of("--module-path", modulePath, "-cp", classPath, "--add-modules", modules), "debug=0");
    }

    private static String modules(Class<?>... more) {
        return path(Stream.concat(
                        Stream.of(
                                ProfileServer.class,
                                Launcher.class,
                                ClassReader.class,
                                ClassNode.class,
                                Analyzer.class),
                        Stream.of(more))
                .toArray(Class<?>[]::new));
    }

    private static void assertIsTextAndSaysWhy(String answer) {
        assertThat(answer)
                .contains(TEXT + MISSING
                        + "|This is text, because the format of pprof needs protobuf: add the artifact " + MISSING)
                .endsWith("|threads profile: total 1");
    }

    @Test
    void servesTextAndSaysWhatIsMissing() throws Exception {
        List<String> said = said(
                List.of("-cp", classPathWithoutProtobuf()),
                "debug=0",
                "format=pprof",
                "debug=1",
                "debug=2",
                "format=collapsed",
                "format=json",
                "format=other");
        assertThat(said).hasSize(8);
        assertIsTextAndSaysWhy(said.get(1));
        assertIsTextAndSaysWhy(said.get(2));
        assertThat(said.get(3)).startsWith("debug=1|" + TEXT + "nothing|threads profile: total 1|1 @ platform");
        assertThat(said.get(4)).startsWith("debug=2|" + TEXT + "nothing|thread ");
        assertThat(said.get(5)).startsWith("format=collapsed|" + TEXT + "nothing|platform;");
        assertThat(said.get(6)).startsWith("format=json|200|application/json|nothing|");
        assertThat(said.get(7)).startsWith("format=other|400|");
    }

    @Test
    void theSameProgramServesTheBinaryFormWithProtobuf() throws Exception {
        assertThat(said(List.of("-cp", System.getProperty("java.class.path")), "debug=0"))
                .containsExactly("module null", "debug=0|" + BINARY);
    }

    /** A static requirement is resolved only if something else asks for the module. */
    @Test
    void aModuleOfProtobufThatNobodyAskedForIsMissing() throws Exception {
        String tests = path(ServesOnce.class);
        List<String> said = saidByModules(modules(CodedOutputStream.class), tests, "org.leaklab.detect");
        assertThat(said.getFirst()).isEqualTo("module org.leaklab.detect");
        assertIsTextAndSaysWhy(said.get(1));
        assertThat(saidByModules(modules(CodedOutputStream.class), tests, "org.leaklab.detect,com.google.protobuf"))
                .containsExactly("module org.leaklab.detect", "debug=0|" + BINARY);
    }

    /** A module does not read the class path, though its loader finds the classes there. */
    @Test
    void protobufOnTheClassPathIsMissingForAModule() throws Exception {
        List<String> said =
                saidByModules(modules(), path(ServesOnce.class, CodedOutputStream.class), "org.leaklab.detect");
        assertThat(said.getFirst()).isEqualTo("module org.leaklab.detect");
        assertIsTextAndSaysWhy(said.get(1));
    }
}
