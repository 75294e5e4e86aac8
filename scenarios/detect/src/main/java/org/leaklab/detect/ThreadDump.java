package org.leaklab.detect;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.json.JsonText;

/**
 * What a thread dump of the JDK says of waits and owners, for threads of both kinds. To be taken on JDK 26 and later
 * only.
 *
 * <p>A dump names an object by its class and its identity hash code. Two objects may have the same name; and the dump
 * visits one thread after the other, so an object may have changed hands meanwhile. So if two threads own an object of
 * one name, the dump tells nothing of it.
 */
final class ThreadDump {

    /** The dump has two owners of this object. */
    private static final long AMBIGUOUS = -1;

    /**
     * One thread of a dump.
     *
     * @param waitsFor the object that it waits for; null if it waits for none
     * @param owner identifier of the thread that owns this object as a lock of {@code java.util.concurrent}, or null
     */
    record Dumped(@Nullable String waitsFor, @Nullable Long owner) {

        /** The class of the object that it waits for. */
        String waitsForType() {
            return waitsFor == null ? "nothing" : waitsFor.substring(0, Math.max(0, waitsFor.lastIndexOf('@')));
        }

        /** The identity hash code of the object that it waits for; 0 if there is none. */
        int waitsForIdentity() {
            if (waitsFor == null) {
                return 0;
            }
            try {
                return Integer.parseUnsignedInt(waitsFor.substring(waitsFor.lastIndexOf('@') + 1), 16);
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    private final Map<Long, Dumped> threads = new HashMap<>();
    private final Map<String, Long> ownerOfMonitor = new HashMap<>();

    private ThreadDump() {}

    /**
     * Has the JVM write a dump to a new temporary file, reads it and deletes it.
     *
     * @throws IOException if the file cannot be written or is not what a dump should be
     */
    static ThreadDump take() throws IOException {
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (vm == null) {
            throw new IOException("this JVM writes none");
        }
        Path folder = Files.createTempDirectory("leaklab"); // only its owner may look into it
        Path file = folder.resolve("threads.json");
        try {
            vm.dumpThreads(file.toString(), ThreadDumpFormat.JSON);
            try (Reader in = Files.newBufferedReader(file)) {
                return read(in);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /**
     * Reads a dump in the JDK's JSON format.
     *
     * @throws IOException if it cannot be read or is not JSON
     */
    static ThreadDump read(Reader in) throws IOException {
        ThreadDump dump = new ThreadDump();
        JsonText json = new JsonText(in);
        json.object(top -> {
            if (top.equals("threadDump")) {
                json.object(member -> {
                    if (member.equals("threadContainers")) {
                        json.array(() -> dump.readContainer(json));
                    } else {
                        json.skip();
                    }
                });
            } else {
                json.skip();
            }
        });
        json.end();
        return dump;
    }

    private void readContainer(JsonText json) throws IOException {
        json.object(member -> {
            if (member.equals("threads")) {
                json.array(() -> readThread(json));
            } else {
                json.skip();
            }
        });
    }

    /** What is read of one thread, until all its members are known. */
    private static final class Members {
        private @Nullable String id;
        private @Nullable String waitsFor;
        private @Nullable String owner;
        private final Set<String> owned = new HashSet<>();
    }

    private void readThread(JsonText json) throws IOException {
        Members thread = new Members();
        json.object(member -> {
            switch (member) {
                case "tid" -> thread.id = json.scalar();
                case "blockedOn", "waitingOn" -> thread.waitsFor = json.scalar();
                case "parkBlocker" -> readBlocker(json, thread);
                case "monitorsOwned" -> json.array(() -> readOwned(json, thread.owned));
                default -> json.skip();
            }
        });
        long id = number(thread.id);
        threads.put(id, new Dumped(thread.waitsFor, thread.owner == null ? null : number(thread.owner)));
        if (thread.waitsFor != null) {
            thread.owned.remove(thread.waitsFor); // it has given it up while it waits, though JDK 26 shows it
        }
        for (String monitor : thread.owned) {
            ownerOfMonitor.merge(monitor, id, (one, other) -> AMBIGUOUS);
        }
    }

    private static void readBlocker(JsonText json, Members thread) throws IOException {
        json.object(member -> {
            switch (member) {
                case "object" -> thread.waitsFor = json.scalar();
                case "owner" -> thread.owner = json.scalar();
                default -> json.skip();
            }
        });
    }

    private static void readOwned(JsonText json, Set<String> owned) throws IOException {
        json.object(member -> {
            if (member.equals("locks")) {
                json.array(() -> {
                    String monitor = json.scalar();
                    if (monitor != null) { // null stands for one that the compiler took apart: nobody waits for it
                        owned.add(monitor);
                    }
                });
            } else {
                json.skip();
            }
        });
    }

    private static long number(@Nullable String text) throws IOException {
        try {
            return Long.parseLong(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw new IOException("a thread has the identifier " + text, e);
        }
    }

    /** The threads of the dump by their identifiers. */
    Map<Long, Dumped> threads() {
        return threads;
    }

    /** Identifier of the thread that holds what another one waits for, or null if the dump does not tell. */
    @Nullable
    Long ownerOf(Dumped dumped) {
        if (dumped.owner() != null || dumped.waitsFor() == null) {
            return dumped.owner();
        }
        Long owner = ownerOfMonitor.get(dumped.waitsFor());
        return owner == null || owner == AMBIGUOUS ? null : owner;
    }
}
