package org.leaklab.ab;

import java.util.List;

/**
 * What is compared with what; the first line of a {@link PairFile}.
 *
 * @param format of the file
 * @param base hash of the jar
 * @param now hash of the other
 * @param words given to JMH
 * @param java version of the JVM that runs both
 */
public record Question(int format, String base, String now, List<String> words, String java) {

    private static final int FORMAT = 1;

    public Question {
        words = List.copyOf(words);
    }

    /** The question of a command line. */
    public static Question of(BenchmarkJar base, BenchmarkJar now, JmhWords words) {
        return new Question(
                FORMAT, base.sha256(), now.sha256(), words.words(), System.getProperty("java.runtime.version", "?"));
    }

    /** What differs from another, in words; empty where nothing does. */
    List<String> differences(Question other) {
        List<String> all = new java.util.ArrayList<>();
        if (format != other.format) {
            all.add("format");
        }
        if (!base.equals(other.base)) {
            all.add("base jar");
        }
        if (!now.equals(other.now)) {
            all.add("new jar");
        }
        if (!words.equals(other.words)) {
            all.add("JMH options");
        }
        if (!java.equals(other.java)) {
            all.add("version of Java");
        }
        return all;
    }
}
