package org.leaklab.heapdump;

import java.nio.file.Path;
import java.util.List;
import org.leaklab.heapdump.code.Sources;

/**
 * Where the analysis of a dump may read class files. It reads them to see which monitors a method enters, and what a
 * frame may use that a dump does not show. It never loads or runs them.
 *
 * <p>A dump names the files that its classes came from. Those are opened for a process of this machine only: a dump
 * from elsewhere may name any file. The classes of the JDK are always read from the JDK that runs the analysis, if that
 * is the build that wrote the dump.
 */
public final class ClassSources {

    /** Nothing but the JDK that runs the analysis. */
    public static final ClassSources NONE = named(List.of());

    private final Sources sources;

    private ClassSources(Sources sources) {
        this.sources = sources;
    }

    /**
     * The files that a running JVM has loaded its classes from, as its dump names them, and its JDK.
     *
     * @param jvm the JVM that has just written the dump; it is not asked, and may be closed
     */
    public static ClassSources ofProcess(RunningJvm jvm) {
        return new ClassSources(jvm.sources());
    }

    /**
     * Some files, whatever the dump names. The caller vouches that this is what ran. A class file that is younger than
     * the dump is not read, nor is a class that several of them have with different contents.
     *
     * @param classPath jars, also those of Spring Boot with jars in them, folders of classes, and home directories of
     *     JDKs
     * @throws IllegalArgumentException if one is neither a jar nor a folder; the message is one sentence
     */
    public static ClassSources named(List<Path> classPath) {
        return new ClassSources(new Sources.Named(classPath));
    }

    Sources sources() {
        return sources;
    }
}
