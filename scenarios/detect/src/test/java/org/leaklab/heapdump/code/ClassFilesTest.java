package org.leaklab.heapdump.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.Analysis;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.RunningJvm;
import org.leaklab.heapdump.testing.ChildJvm;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** Threads whose monitor no frame shows are told by their class files, if those are what ran. */
@Tag("once")
class ClassFilesTest {

    private static final String WAITER = Loaded.Waiter.class.getName().replace('.', '/') + ".class";
    private static final List<String> COMPILED = List.of("-Xcomp", "-XX:TieredStopAtLevel=1");

    @TempDir
    Path directory;

    private Path file;
    private Path jar;
    private Analysis analysis;

    @BeforeEach
    void writeClassFiles() throws Exception {
        file = directory.resolve("folder").resolve(WAITER);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes(WAITER));
        jar = directory.resolve("a jar.jar");
        writeJar(new Manifest());
    }

    private void writeJar(Manifest manifest) throws Exception {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry(WAITER));
            entries.write(bytes(WAITER));
        }
    }

    private static byte[] bytes(String name) throws Exception {
        try (InputStream in = ClassFilesTest.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }

    private Path dump(String... options) throws Exception {
        List<String> all = new ArrayList<>(COMPILED);
        all.addAll(List.of(options));
        String folder = directory.resolve("folder").toString();
        Path kept = directory.resolve("kept.hprof");
        try (ChildJvm program = ChildJvm.start(
                        all, Loaded.class, "folder", folder, "jar", jar.toString(), "own loader", folder);
                RunningJvm running = RunningJvm.attach(program.pid(), directory)) {
            Files.copy(running.dump(), kept);
            analysis = Analysis.ofProcess(running);
        }
        return kept;
    }

    private Findings found(Path dump) throws Exception {
        return HeapDump.analyse(dump, analysis, HeapDump.Progress.NONE);
    }

    private Set<String> leaked(Path dump) throws Exception {
        return found(dump).leaked().stream().map(LeakedThread::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> unknown(Path dump) throws Exception {
        return found(dump).unknown().stream().map(UnknownThread::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void makeYounger(Path file, Path dump) throws Exception {
        long written = Files.getLastModifiedTime(dump).toMillis();
        Files.setLastModifiedTime(
                file, FileTime.fromMillis(written + Duration.ofHours(1).toMillis()));
    }

    @Test
    void tellsOfFoldersAndJarsWhileTheyAreWhatRan() throws Exception {
        Path dump = dump();
        assertThat(leaked(dump)).containsExactly("folder", "jar");
        assertThat(unknown(dump)).as("a loader may change what it loads").contains("own loader");

        FileTime before = Files.getLastModifiedTime(file);
        makeYounger(file, dump);
        makeYounger(jar, dump);
        assertThat(leaked(dump)).as("both are younger than the dump").isEmpty();
        Files.setLastModifiedTime(file, before);
        assertThat(leaked(dump)).containsExactly("folder");
        Files.delete(file);
        assertThat(unknown(dump)).contains("folder", "jar", "own loader");
    }

    private enum Change {
        NONE,
        ANOTHER_FIELD,
        OTHER_LINES,
        A_MONITOR_OF_NO_VARIABLE;

        private byte[] made() throws Exception {
            ClassNode type = new ClassNode();
            new ClassReader(bytes(WAITER)).accept(type, 0);
            if (this == ANOTHER_FIELD) {
                type.fields.add(new FieldNode(0, "other", "I", null, null));
            }
            for (MethodNode method : type.methods) {
                for (AbstractInsnNode instruction : method.instructions) {
                    if (this == OTHER_LINES && instruction instanceof LineNumberNode number) {
                        number.line += 1000;
                    } else if (this == A_MONITOR_OF_NO_VARIABLE && instruction.getOpcode() == Opcodes.MONITORENTER) {
                        method.instructions.insertBefore(instruction, new InsnNode(Opcodes.NOP));
                    }
                }
            }
            ClassWriter writer = new ClassWriter(0);
            type.accept(writer);
            return writer.toByteArray();
        }
    }

    @Test
    void doesNotTellByAnotherClassThanThatWhichRan() throws Exception {
        Path dump = dump();
        FileTime before = Files.getLastModifiedTime(file);
        for (Change change : Change.values()) {
            Files.write(file, change.made());
            Files.setLastModifiedTime(file, before);
            assertThat(leaked(dump).contains("folder")).as(change.name()).isEqualTo(change == Change.NONE);
        }
        Files.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        Files.setLastModifiedTime(file, before);
        assertThat(leaked(dump)).as("no class file").containsExactly("jar");
    }

    /** An agent may have changed every class while it was loaded. */
    @Test
    void tellsNothingWhereThereIsAnAgent() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Loaded.class.getName());
        writeJar(manifest);
        Path dump = dump("-javaagent:" + jar);
        assertThat(leaked(dump)).isEmpty();
        assertThat(unknown(dump)).contains("folder", "jar");
    }

    /** What a dump file names may be anything, on the machine of somebody else. */
    @Test
    void opensNothingThatADumpFileNames() throws Exception {
        Path dump = dump();
        analysis = Analysis.ofFile();
        assertThat(leaked(dump)).isEmpty();
        assertThat(unknown(dump)).contains("folder", "jar");
        Path copy = Files.copy(jar, directory.resolve("copy.jar"));
        analysis = Analysis.ofFile().withClassPath(List.of(copy));
        assertThat(leaked(dump)).containsExactly("folder", "jar");
        analysis = Analysis.ofFile().withClassPath(List.of(directory.resolve("folder")));
        assertThat(leaked(dump)).containsExactly("folder", "jar");
    }

    @Test
    void whereNamedPlacesDifferNothingIsTold() throws Exception {
        Path dump = dump();
        Path other = directory.resolve("other").resolve(WAITER);
        Files.createDirectories(other.getParent());
        Files.write(other, Change.ANOTHER_FIELD.made());
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        analysis = Analysis.ofFile().withClassPath(List.of(jar, directory.resolve("other")));
        assertThat(leaked(dump)).isEmpty();
    }

    @Test
    void whatIsNamedMustBeThere() {
        assertThatThrownBy(() -> Analysis.ofFile().withClassPath(List.of(directory.resolve("none.jar"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.jar does not exist");
        assertThatThrownBy(() -> Analysis.ofFile().withClassPath(List.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no jar that can be read");
    }

    /** The base of the jar is another class, so only the one of the release explains the frames. */
    @Test
    void takesTheClassOfTheReleaseThatRan() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        String future = "META-INF/versions/" + (Runtime.version().feature() + 1) + "/";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry(WAITER));
            entries.write(Change.OTHER_LINES.made());
            entries.putNextEntry(new JarEntry("META-INF/versions/21/" + WAITER));
            entries.write(bytes(WAITER));
            entries.putNextEntry(new JarEntry(future + WAITER));
            entries.write(Change.ANOTHER_FIELD.made());
        }
        Path dump = dump();
        assertThat(leaked(dump)).containsExactly("folder", "jar");
        analysis = Analysis.ofFile().withClassPath(List.of(jar));
        assertThat(leaked(dump)).containsExactly("folder", "jar");
    }
}
