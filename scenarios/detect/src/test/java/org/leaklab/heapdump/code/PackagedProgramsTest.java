package org.leaklab.heapdump.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.Analysis;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.RunningJvm;
import org.leaklab.heapdump.testing.ChildJvm;
import org.springframework.boot.loader.launch.JarLauncher;

/**
 * Class files are found wherever programs of today have them: in modules, and in jars inside of a jar. The threads wait
 * in compiled code, so that only the class files tell on what.
 */
@Tag("once")
class PackagedProgramsTest {

    private static final String MODULE = "module shop {}";

    private static final String MAIN = """
            package shop;
            public class Main {
                public static void main(String[] args) throws Exception {
                    start("first", new shop.lib.Waiter());
                    start("second", new Own());
                    System.out.println("ready");
                    while (System.in.read() >= 0) {}
                    Runtime.getRuntime().halt(0);
                }
                private static void start(String name, Runnable task) {
                    Thread thread = Thread.ofPlatform().daemon().name(name).start(task);
                    while (thread.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }
                static final class Own extends shop.lib.Waiter {}
            }
            """;

    private static final String WAITER = """
            package shop.lib;
            public class Waiter implements Runnable {
                private final Object monitor = new Object();
                public void run() {
                    enter(monitor);
                }
                private static void enter(Object monitor) {
                    synchronized (monitor) {
                        waitFor(monitor);
                    }
                }
                private static void waitFor(Object monitor) {
                    try {
                        monitor.wait();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    private Path classes;
    private Analysis analysis;

    @BeforeEach
    void compile() throws Exception {
        classes = directory.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
        arguments.add(source("module-info.java", MODULE));
        arguments.add(source("shop/Main.java", MAIN));
        arguments.add(source("shop/lib/Waiter.java", WAITER));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private String source(String name, String text) throws IOException {
        Path file = directory.resolve("sources").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    /** A jar of some of the classes; a name before them is a folder in the jar. */
    private static void add(JarOutputStream jar, String before, Path root, String only) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (name.startsWith(only)) {
                jar.putNextEntry(new JarEntry(before + name));
                jar.write(Files.readAllBytes(file));
            }
        }
    }

    private Path jar(String name, String only) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            add(jar, "", classes, only);
        }
        return file;
    }

    private Path dump(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-Xcomp", "-XX:TieredStopAtLevel=1"));
        all.addAll(List.of(arguments));
        Path kept = directory.resolve("kept.hprof");
        try (ChildJvm program = ChildJvm.start(all);
                RunningJvm running = RunningJvm.attach(program.pid(), directory)) {
            Files.copy(running.dump(), kept);
            analysis = Analysis.ofProcess(running);
        }
        return kept;
    }

    private static Set<String> leaked(Path dump, Analysis analysis) throws Exception {
        Findings found = HeapDump.analyse(dump, analysis, HeapDump.Progress.NONE);
        return found.leaked().stream().map(LeakedThread::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private void isToldByTheProcessAndBy(Path named, Path dump) throws Exception {
        assertThat(leaked(dump, analysis)).containsExactly("first", "second");
        assertThat(leaked(dump, Analysis.ofFile())).isEmpty();
        assertThat(leaked(dump, Analysis.ofFile().withClassPath(List.of(named))))
                .containsExactly("first", "second");
    }

    @Test
    void modulesInFolders() throws Exception {
        isToldByTheProcessAndBy(classes, dump("-p", classes.toString(), "-m", "shop/shop.Main"));
    }

    @Test
    void modulesInJars() throws Exception {
        Path jar = jar("shop module.jar", "");
        isToldByTheProcessAndBy(jar, dump("-p", jar.toString(), "-m", "shop/shop.Main"));
    }

    /** A patch is other code than that of the module. */
    @Test
    void aPatchedModuleIsNotTold() throws Exception {
        Path jar = jar("shop.jar", "");
        Path dump = dump(
                "-p", jar.toString(), "--patch-module", "shop=" + directory.resolve("sources"), "-m", "shop/shop.Main");
        assertThat(leaked(dump, analysis)).isEmpty();
    }

    @Test
    void jarsInAJar() throws Exception {
        Path jar = directory.resolve("boot.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
        manifest.getMainAttributes().putValue("Start-Class", "shop.Main");
        manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            addLoader(entries);
            entries.putNextEntry(new JarEntry("BOOT-INF/"));
            entries.putNextEntry(new JarEntry("BOOT-INF/classes/"));
            add(entries, "BOOT-INF/classes/", classes, "shop/Main");
            entries.putNextEntry(new JarEntry("BOOT-INF/lib/"));
            addStored(entries, "BOOT-INF/lib/waiter.jar", Files.readAllBytes(jar("waiter.jar", "shop/lib/")));
        }
        isToldByTheProcessAndBy(jar, dump("-jar", jar.toString()));
    }

    private static void addLoader(JarOutputStream entries) throws Exception {
        Path loader = Path.of(JarLauncher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile jar = new JarFile(loader.toFile())) {
            for (JarEntry entry : jar.stream()
                    .filter(each -> each.getName().startsWith("org/"))
                    .toList()) {
                entries.putNextEntry(new JarEntry(entry.getName()));
                entries.write(jar.getInputStream(entry).readAllBytes());
            }
        }
    }

    private static void addStored(JarOutputStream entries, String name, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setMethod(JarEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        entries.putNextEntry(entry);
        entries.write(bytes);
    }
}
