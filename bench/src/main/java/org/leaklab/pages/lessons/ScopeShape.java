package org.leaklab.pages.lessons;

import java.util.List;
import org.leaklab.pages.Templates;

/**
 * The JDK's {@code StructuredTaskScope} in a lesson. It is a preview, and its shape differs from JDK to JDK, so each
 * shape is a source file of its own. No build compiles these files: the JDK that runs one compiles it.
 *
 * @param first the first release that has this shape
 * @param last the last one that was tried
 * @param file name of the source file, beside the style sheet of lessons
 * @param lines of the file
 */
public record ScopeShape(int first, int last, String file, List<String> lines) {

    private static final String FOLDER = "bench/src/main/resources/org/leaklab/pages/lessons/scope/";

    /** The lesson that shows them. */
    static final String LESSON = "task-group";

    /** All shapes, oldest first. */
    static final List<ScopeShape> ALL = List.of(read(21, 24), read(25, 26), read(27, 28));

    private static ScopeShape read(int first, int last) {
        String file = "TaskGroupOn" + first + ".java";
        return new ScopeShape(
                first,
                last,
                file,
                Templates.resource(ScopeShape.class, "scope/" + file).lines().toList());
    }

    /** Keeps a copy. */
    public ScopeShape {
        lines = List.copyOf(lines);
    }

    /** What compiles and runs it, on the first release. */
    public String command() {
        return "java --enable-preview --source " + first + " " + FOLDER + file;
    }
}
