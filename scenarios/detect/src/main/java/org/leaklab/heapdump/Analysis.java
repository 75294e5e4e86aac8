package org.leaklab.heapdump;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.leaklab.heapdump.code.Sources;

/**
 * What the analysis of a dump may use besides the dump. Begin with {@link #ofFile} or {@link #ofProcess}.
 *
 * <p>The analysis reads class files to see which monitors a method enters, and what a frame may use that a dump does
 * not show. It never loads or runs them. A dump names the files that its classes came from. Those are opened for a
 * process of this machine only; for a dump file only {@linkplain #withClassPath what the caller names} is opened, and
 * the JDK that runs the analysis, if it is the build that wrote the dump.
 */
public final class Analysis {

    private final Set<String> leftOut;
    private final Sources sources;

    private Analysis(Set<String> leftOut, Sources sources) {
        this.leftOut = leftOut;
        this.sources = sources;
    }

    /** Of a dump file, which may come from anywhere. */
    public static Analysis ofFile() {
        return new Analysis(Set.of(), new Sources.Named(List.of()));
    }

    /**
     * Of a dump that a running JVM has just written.
     *
     * @param jvm the JVM
     */
    public static Analysis ofProcess(RunningJvm jvm) {
        return new Analysis(Set.of(), jvm.sources());
    }

    /**
     * Leaves out some fields, as if they did not exist. A program that keeps records of its own threads can leave out
     * the fields that hold these records; otherwise the threads would count as held.
     *
     * @param fields each as the name of the class that declares it, a dot, and the name of the field
     */
    public Analysis leavingOut(Set<String> fields) {
        return new Analysis(Set.copyOf(fields), sources);
    }

    /**
     * Reads class files from these places and from no other. The caller vouches that this is what ran. A class file
     * that is younger than the dump is not read, nor is a class that several places have with different contents.
     *
     * @param places jars, also those of Spring Boot with jars in them, folders of classes, and home directories of JDKs
     * @throws IllegalArgumentException if one is neither a jar nor a folder; the message is one sentence
     */
    public Analysis withClassPath(List<Path> places) {
        return new Analysis(leftOut, new Sources.Named(places));
    }

    Set<String> leftOut() {
        return leftOut;
    }

    Sources sources() {
        return sources;
    }
}
