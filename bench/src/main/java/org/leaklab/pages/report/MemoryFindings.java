package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the memory benchmarks show, a sentence each; none of what was not measured. */
final class MemoryFindings {

    private final Jdks jdks;
    private final List<MemoryLine> lines;
    private final List<MemoryLine> plainVirtual;
    private final List<MemoryLine> goroutines;

    MemoryFindings(Jdks jdks, List<MemoryLine> all) {
        this.jdks = jdks;
        this.lines = all.stream().filter(line -> !line.isGo()).toList();
        this.goroutines =
                all.stream().filter(line -> line.isGo() && line.isPlain()).toList();
        this.plainVirtual = lines.stream()
                .filter(line -> line.isVirtual() && line.isPlain())
                .toList();
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        leastToMost("virtual thread", plainVirtual).ifPresent(sentences::add);
        leastToMost("goroutine", goroutines).ifPresent(sentences::add);
        jdksFarthestApart().ifPresent(sentences::add);
        platformAgainstVirtual().ifPresent(sentences::add);
        virtual(
                        "Stuck 200 frames deep, a virtual thread keeps",
                        line -> line.series().param("depth").equals("200") && isCode(line, "Warm"))
                .ifPresent(sentences::add);
        virtual(
                        "Stuck before its code is compiled, a virtual thread keeps",
                        line -> isCode(line, "Interpreted")
                                && line.series().param("depth").equals("0"))
                .ifPresent(sentences::add);
        virtual(
                        "Where the JDK does not track virtual threads (-Djdk.trackAllThreads=false) and nobody holds one, a stuck one keeps",
                        line -> line.series().holder().equals("nobody"))
                .ifPresent(sentences::add);
        committed().ifPresent(sentences::add);
        return sentences;
    }

    private static boolean isCode(MemoryLine line, String code) {
        return line.series().code().equals(code);
    }

    /** From the cheapest cause to the dearest. */
    private static Optional<String> leastToMost(String what, List<MemoryLine> plain) {
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        Comparator<MemoryLine> byBytes = Comparator.comparingDouble(MemoryLine::bytes);
        String least = withCause(plain.stream().min(byBytes).orElseThrow());
        String most = withCause(plain.stream().max(byBytes).orElseThrow());
        return Optional.of("A stuck " + what + " keeps " + (least.equals(most) ? least : least + " to " + most)
                + " of heap, by what it waits on.");
    }

    private static String withCause(MemoryLine line) {
        return withInterval(line) + " (" + line.waitsOn() + ", " + Jdks.named(line.jdk()) + ")";
    }

    private static String withInterval(MemoryLine line) {
        return line.slope().text() + " B";
    }

    /** Two JDKs that differ in the same cause, beyond both intervals. */
    private record Pair(MemoryLine less, MemoryLine more) {
        double ratio() {
            return more.bytes() / less.bytes();
        }
    }

    private Optional<String> jdksFarthestApart() {
        return plainVirtual.stream()
                .flatMap(less -> plainVirtual.stream()
                        .filter(more -> more.name().equals(less.name()))
                        .map(more -> new Pair(less, more)))
                .filter(pair -> pair.less.bytes() > 0
                        && pair.less.slope().high() < pair.more.slope().low())
                .reduce((one, other) -> other.ratio() > one.ratio() ? other : one)
                .map(pair -> "JDKs differ most in " + pair.less.waitsOn() + ": a stuck virtual thread keeps "
                        + withInterval(pair.less) + " on " + Jdks.named(pair.less.jdk()) + " and "
                        + withInterval(pair.more)
                        + " on " + Jdks.named(pair.more.jdk()) + ", " + Numbers.times(pair.ratio())
                        + " times as much.");
    }

    /** The first cause of each JDK in which the intervals of both kinds are apart. */
    private Optional<String> platformAgainstVirtual() {
        Map<String, Double> bytes = new LinkedHashMap<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> !line.isVirtual() && line.isPlain())
                .forEach(platform -> virtualOfSameCause(platform).ifPresent(virtual -> {
                    bytes.putIfAbsent(platform.jdk(), platform.bytes());
                    ratios.putIfAbsent(platform.jdk(), platform.bytes() / virtual.bytes());
                }));
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of("A stuck platform thread keeps " + Jdks.spread(bytes, MemoryFindings::bytes)
                        + " of resident memory, which is " + Jdks.spread(ratios, Numbers::times)
                        + " times the heap of a virtual one that waits on the same.");
    }

    private Optional<MemoryLine> virtualOfSameCause(MemoryLine platform) {
        return plainVirtual.stream()
                .filter(virtual -> virtual.jdk().equals(platform.jdk())
                        && virtual.waitsOn().equals(platform.waitsOn())
                        && virtual.slope().high() < platform.slope().low())
                .findFirst();
    }

    /** What the JVM says of platform threads, which is not what they take. */
    private Optional<String> committed() {
        String metric = "native.thread.committed";
        Map<String, Double> bytes = new LinkedHashMap<>();
        lines.stream()
                .filter(line ->
                        !line.isVirtual() && line.isPlain() && line.series().hasSlope(metric))
                .forEach(line -> bytes.putIfAbsent(
                        line.jdk(), line.series().slope(metric).perThread()));
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of("The JVM calls " + Jdks.spread(bytes, MemoryFindings::bytes)
                        + " of native memory committed for each platform thread. That is an account: up to JDK 25 it has"
                        + " the pages that guard the end of a stack, which are never touched and take no memory.");
    }

    /** What the first virtual threads of each JDK keep that are stuck so. */
    private Optional<String> virtual(String words, Predicate<MemoryLine> which) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (String label : jdks.labels()) {
            lines.stream()
                    .filter(line -> line.isVirtual() && line.jdk().equals(label) && which.test(line))
                    .findFirst()
                    .ifPresent(line -> bytes.put(label, line.bytes()));
        }
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(words + " " + Jdks.spread(bytes, MemoryFindings::bytes) + ".");
    }

    private static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f B", bytes);
    }
}
