package org.leaklab.heapdump.process;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of its heap a JVM uses. */
public final class HeapUse {

    /**
     * Each generation has its own; Shenandoah writes the number first. The spaces of a generation have a percentage.
     */
    private static final Pattern USED = Pattern.compile("(?:\\bused (\\d+)([KMGB])|(\\d+)([KMGB]) used)");

    private HeapUse() {}

    /**
     * Returns the bytes that are in use now, with garbage.
     *
     * @throws IOException if the connection fails or the JVM refuses
     */
    public static long bytes(Commands commands) throws IOException {
        long used = 0;
        for (String line : commands.run("GC.heap_info").split("\n")) {
            Matcher number = USED.matcher(line);
            if (line.contains("Metaspace") || line.contains("class space") || !number.find()) {
                continue;
            }
            int group = number.group(1) == null ? 3 : 1;
            used += Long.parseLong(number.group(group)) << 10 * "BKMG".indexOf(number.group(group + 1));
        }
        return used;
    }
}
