package org.leaklab.boot;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The JDKs of this machine, where users, package managers and IDEs put them. Compiled for Java 8. */
final class InstalledJdks {

    private InstalledJdks() {}

    /** The feature release of a version such as 1.8.0_402, 17 or 25.0.3; 0 when it is none. */
    static int feature(String version) {
        String[] parts = version.replace("\"", "").split("[^0-9]+");
        if (parts.length == 0) {
            return 0;
        }
        try {
            int first = Integer.parseInt(parts[0]);
            return first == 1 && parts.length > 1 ? Integer.parseInt(parts[1]) : first;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Home and version of each JDK of at least a feature release, the oldest first. */
    static Map<String, String> find(int least) {
        List<File> homes = new ArrayList<File>();
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            if (variable.getKey().matches("JAVA_?[0-9]*_?HOME(_[0-9]+.*)?|JDK_?[0-9]*(_HOME)?")) {
                homes.add(new File(variable.getValue()));
            }
        }
        String user = System.getProperty("user.home");
        String[] parents = {
            user + "/.jdks",
            user + "/.sdkman/candidates/java",
            user + "/.asdf/installs/java",
            user + "/.local/share/mise/installs/java",
            "/usr/lib/jvm",
            "/usr/java",
            "/usr/local/java",
            "/opt",
            "/opt/java",
            "/opt/jdks",
            "/Library/Java/JavaVirtualMachines",
            user + "/Library/Java/JavaVirtualMachines",
            "C:/Program Files/Java",
            "C:/Program Files/Eclipse Adoptium",
        };
        for (String parent : parents) {
            File[] children = new File(parent).listFiles();
            if (children != null) {
                for (File child : children) {
                    homes.add(child);
                    homes.add(new File(child, "Contents/Home"));
                }
            }
        }
        final Map<String, String> versions = new LinkedHashMap<String, String>();
        for (File home : homes) {
            String version = version(home);
            if (feature(version) >= least) {
                versions.put(canonical(home), version);
            }
        }
        List<Map.Entry<String, String>> sorted = new ArrayList<Map.Entry<String, String>>(versions.entrySet());
        Collections.sort(sorted, (a, b) -> {
            int byFeature = Integer.compare(feature(a.getValue()), feature(b.getValue()));
            return byFeature != 0 ? byFeature : a.getKey().compareTo(b.getKey());
        });
        Map<String, String> found = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> jdk : sorted) {
            found.put(jdk.getKey(), jdk.getValue());
        }
        return found;
    }

    /** The version that a JDK's release file states; empty when it is no JDK. */
    private static String version(File home) {
        File java = new File(home, "bin/java");
        if (!java.canExecute() && !new File(home, "bin/java.exe").exists()) {
            return "";
        }
        Properties release = new Properties();
        try (InputStream in = new FileInputStream(new File(home, "release"))) {
            release.load(in);
        } catch (IOException e) {
            return "";
        }
        return release.getProperty("JAVA_VERSION", "").replace("\"", "");
    }

    private static String canonical(File home) {
        try {
            return home.getCanonicalPath();
        } catch (IOException e) {
            return home.getAbsolutePath();
        }
    }
}
