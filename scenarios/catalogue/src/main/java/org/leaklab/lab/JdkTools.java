package org.leaklab.lab;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;

/** What the tools that come with the JDK say of the threads of a cell, beside the detectors of leaklab. */
final class JdkTools {

    private static final String DEADLOCKS = "Java-level deadlock";
    private static final Pattern IN_DEADLOCK = Pattern.compile("^\"(.*)\":$", Pattern.MULTILINE);
    private static final Pattern ID = Pattern.compile("\"tid\"\\s*:\\s*\"?(\\d+)");

    /** On this release a dump can crash a JVM (JDK-8364343), so none is taken. */
    private static final int CRASHES = 25;

    private JdkTools() {}

    /** The deadlocks that {@code jstack} prints at the end. */
    static Said jstack(String word, Launcher threads) {
        String print;
        try {
            print = (String) Objects.requireNonNull(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "threadPrint",
                            new Object[] {new String[] {"-l"}},
                            new String[] {String[].class.getName()}));
        } catch (JMException e) {
            return new Said(word, Said.Sight.CANNOT_SEE, 0, List.of("no thread print: " + e.getMessage()));
        }
        int deadlocks = print.indexOf(DEADLOCKS);
        Set<String> names = new HashSet<>();
        if (deadlocks >= 0) {
            IN_DEADLOCK
                    .matcher(print)
                    .results()
                    .filter(match -> match.start() > deadlocks)
                    .forEach(match -> names.add(match.group(1)));
        }
        long found = threads.live().stream()
                .filter(launched -> names.contains(launched.thread().getName()))
                .count();
        return said(word, (int) found, "in a Java-level deadlock");
    }

    /** The deadlocks that {@link java.lang.management.ThreadMXBean#findDeadlockedThreads} finds. */
    static Said threadMxBean(String word, Launcher threads) {
        long[] found = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
        Set<Long> own = ids(threads);
        int count = found == null
                ? 0
                : (int) LongStream.of(found).filter(own::contains).count();
        return said(word, count, "deadlocked");
    }

    /** The threads that {@code jcmd Thread.dump_to_file -format=json} lists. It judges none of them. */
    static Said jsonDump(String word, Launcher threads) {
        int release = Runtime.version().feature();
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (release == CRASHES || vm == null) {
            return new Said(
                    word,
                    Said.Sight.CANNOT_SEE,
                    0,
                    List.of("not taken: on JDK 25 a dump can crash the JVM, JDK-8364343"));
        }
        try {
            Path folder = Files.createTempDirectory("leaklab");
            Path file = folder.resolve("threads.json");
            try {
                vm.dumpThreads(file.toString(), ThreadDumpFormat.JSON);
                Set<Long> listed = ID.matcher(Files.readString(file))
                        .results()
                        .map((MatchResult match) -> Long.valueOf(match.group(1)))
                        .collect(Collectors.toSet());
                listed.retainAll(ids(threads));
                return said(
                        word,
                        listed.size(),
                        release < CRASHES ? "listed, with stacks only" : "listed, with what they wait for");
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            return new Said(word, Said.Sight.CANNOT_SEE, 0, List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Said said(String word, int found, String what) {
        return new Said(word, Said.Sight.SEES, found, List.of(found + " " + what));
    }

    private static Set<Long> ids(Launcher threads) {
        return threads.live().stream()
                .map(Launched::thread)
                .map(Thread::threadId)
                .collect(Collectors.toSet());
    }
}
