package org.leaklab.exercise;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The compiler of the JDK that leaklab runs on. It sees the JDK's classes alone, and writes into memory. */
public final class Compiler {

    private static final List<String> OPTIONS = List.of("-g", "-nowarn", "-proc:none", "-implicit:none", "-Xlint:none");

    private final JavaCompiler javac;

    private Compiler(JavaCompiler javac) {
        this.javac = javac;
    }

    /** The compiler; empty if this Java is a runtime without one. */
    public static Optional<Compiler> find() {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        return javac == null ? Optional.empty() : Optional.of(new Compiler(javac));
    }

    /** What is wrong with a source. */
    record Complaint(String file, long line, String message) {}

    /** The class files by the names of their classes, or what is wrong; one of the two is empty. */
    record Compiled(Map<String, byte[]> classes, List<Complaint> complaints) {}

    /** Compiles sources, by the names of their files. */
    Compiled compile(Map<String, String> sources) {
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard =
                        javac.getStandardFileManager(said, Locale.ENGLISH, StandardCharsets.UTF_8);
                InMemory files = new InMemory(standard)) {
            standard.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of());
            standard.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            List<JavaFileObject> units = new ArrayList<>();
            sources.forEach((name, text) -> units.add(new Source(name, text)));
            boolean done =
                    javac.getTask(null, files, said, OPTIONS, null, units).call();
            List<Complaint> complaints = said.getDiagnostics().stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .map(Compiler::complaint)
                    .toList();
            if (!done && complaints.isEmpty()) {
                complaints = List.of(new Complaint("", 0, "the compiler failed and did not say why"));
            }
            return done ? new Compiled(files.classes(), List.of()) : new Compiled(Map.of(), complaints);
        } catch (IOException e) {
            throw new UncheckedIOException("the compiler cannot be closed", e);
        }
    }

    private static Complaint complaint(Diagnostic<? extends JavaFileObject> said) {
        JavaFileObject source = said.getSource();
        String file =
                source == null ? "" : String.valueOf(Path.of(source.getName()).getFileName());
        return new Complaint(file, said.getLineNumber(), said.getMessage(Locale.ENGLISH));
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ClassFile> written = new HashMap<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            return written.computeIfAbsent(className, ClassFile::new);
        }
    }
}
