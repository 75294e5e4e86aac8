package org.leaklab.boot;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * The first class that runs, compiled for Java 8: under a Java that is too old it says what is needed and what this
 * machine has, in one sentence; otherwise it goes on to {@code org.leaklab.cli.Main}.
 */
public final class Bootstrap {

    private static final int NEEDED = 21;

    private Bootstrap() {}

    public static void main(String[] args) throws Throwable {
        int running = InstalledJdks.feature(System.getProperty("java.specification.version"));
        if (running < NEEDED) {
            System.err.println(refusal(running, InstalledJdks.find(NEEDED)));
            System.exit(2);
        }
        try {
            Class.forName("org.leaklab.cli.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    static String refusal(int running, Map<String, String> found) {
        StringBuilder sentence =
                new StringBuilder("leaklab needs Java " + NEEDED + " or newer and this is Java " + running);
        if (found.isEmpty()) {
            return sentence.append("; no newer JDK was found on this machine, so install one, 25 for example.")
                    .toString();
        }
        sentence.append("; found on this machine: ");
        String separator = "";
        String example = "";
        for (Map.Entry<String, String> jdk : found.entrySet()) {
            sentence.append(separator).append(jdk.getValue()).append(" in ").append(jdk.getKey());
            separator = ", ";
            example = jdk.getKey();
        }
        return sentence.append("; run it with ")
                .append(example)
                .append("/bin/java.")
                .toString();
    }
}
