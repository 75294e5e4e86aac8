package org.leaklab.heapdump.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The owners that a JVM names where it says that it found a deadlock. After {@code kill -3} no other part of a print
 * has those of {@code java.util.concurrent} locks. And no other part has the owner of a monitor that the JVM itself has
 * entered, as it does with a class loader that is not parallel capable.
 *
 * @param monitors identifiers of the owners, by the address of the monitor
 * @param locks the same of locks and other synchronizers
 */
public record SaidOwners(Map<Long, Long> monitors, Map<Long, Long> locks) {

    /** Of a print in which nothing is said. */
    public static final SaidOwners NONE = new SaidOwners(Map.of(), Map.of());

    private static final String FOUND = "Found one Java-level deadlock:";
    private static final String HELD =
            "a [^\\r\\n]{1,1000}\\),?\\r?\\n  which is held by \"(?<owner>[^\\r\\n]*)\"\\r?\\n";
    private static final Pattern MONITOR = Pattern.compile(
            "waiting to lock monitor 0x[0-9a-f]{1,16},? \\(object 0x(?<address>[0-9a-f]{1,16}), " + HELD);
    private static final Pattern LOCK =
            Pattern.compile("waiting for ownable synchronizer 0x(?<address>[0-9a-f]{1,16}), \\(" + HELD);
    private static final long SEVERAL = -1;

    /**
     * Reads them. The text names threads by their names alone, so it is not used if a name has a line feed, or for a
     * name that two threads have.
     */
    static SaidOwners of(String text, List<PrintedThread> threads) {
        int begin = text.indexOf("\n" + FOUND);
        if (begin < 0) {
            return NONE;
        }
        Map<String, Long> byName = new HashMap<>();
        for (PrintedThread thread : threads) {
            String name = thread.name();
            if (name == null || name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
                return NONE;
            }
            byName.merge(name, thread.id(), (one, other) -> SEVERAL);
        }
        String said = text.substring(begin);
        return new SaidOwners(find(MONITOR, said, byName), find(LOCK, said, byName));
    }

    private static Map<Long, Long> find(Pattern pattern, String text, Map<String, Long> byName) {
        Map<Long, Long> owners = new HashMap<>();
        Matcher said = pattern.matcher(text);
        while (said.find()) {
            long owner = byName.getOrDefault(said.group("owner"), SEVERAL);
            if (owner != SEVERAL) {
                owners.put(Long.parseUnsignedLong(said.group("address"), 16), owner);
            }
        }
        return Map.copyOf(owners);
    }
}
