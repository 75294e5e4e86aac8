package org.leaklab.heapdump.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The signals by which people end a program. */
public final class Signals {

    private Signals() {}

    /**
     * Those that a child of this process heeds. Under {@code nohup} it ignores HUP, and in the background of a shell
     * without job control INT: a JVM leaves that as it is. At least TERM is left.
     */
    public static List<String> ending() throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("TERM", 15);
        numbers.put("INT", 2);
        numbers.put("HUP", 1);
        BigInteger ignored = ignored();
        return numbers.entrySet().stream()
                .filter(signal -> signal.getKey().equals("TERM") || !ignored.testBit(signal.getValue() - 1))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static BigInteger ignored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return BigInteger.ZERO;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line ->
                        new BigInteger(line.substring(line.indexOf(':') + 1).strip(), 16))
                .findFirst()
                .orElse(BigInteger.ZERO);
    }
}
