package org.leaklab.heapdump.locks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.leaklab.heapdump.evidence.PrintedThread;

/**
 * The owners of {@code java.util.concurrent} locks that a JVM names where it says that it found a deadlock. After
 * {@code kill -3} no other part of a print has them.
 */
final class SaidOwners {

    private static final String FOUND = "Found one Java-level deadlock:";
    private static final Pattern OWNER =
            Pattern.compile("waiting for ownable synchronizer 0x(?<address>[0-9a-f]{1,16}),"
                    + " \\([^\\r\\n]*\\),?\\r?\\n  which is held by \"(?<owner>[^\\r\\n]*)\"\\r?\\n");
    private static final long SEVERAL = -1;

    private SaidOwners() {}

    /**
     * Returns the identifier of the owner by the address of the lock. The text names threads by their names alone, so
     * it is not used if a name has a line feed, or for a name that two threads have.
     */
    static Map<Long, Long> of(String text, List<PrintedThread> threads) {
        int begin = text.indexOf("\n" + FOUND);
        Map<String, Long> byName = new HashMap<>();
        for (PrintedThread thread : threads) {
            String name = thread.name();
            if (name == null || name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
                return Map.of();
            }
            byName.merge(name, thread.id(), (one, other) -> SEVERAL);
        }
        Map<Long, Long> owners = new HashMap<>();
        Matcher said = OWNER.matcher(begin < 0 ? "" : text.substring(begin));
        while (said.find()) {
            long owner = byName.getOrDefault(said.group("owner"), SEVERAL);
            if (owner != SEVERAL) {
                owners.put(Long.parseUnsignedLong(said.group("address"), 16), owner);
            }
        }
        return owners;
    }
}
