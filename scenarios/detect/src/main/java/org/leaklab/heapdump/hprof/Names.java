package org.leaklab.heapdump.hprof;

import java.nio.charset.StandardCharsets;
import org.leaklab.heapdump.primitive.LongMap;

/** The names of classes, methods, fields and files, read when somebody asks. */
public final class Names {

    private static final int LONGEST = 1 << 16;

    private final DumpFile file;
    private final int idBytes;
    private final LongMap records = new LongMap();
    private final LongMap lengths = new LongMap();

    Names(DumpFile file, int idBytes) {
        this.file = file;
        this.idBytes = idBytes;
    }

    void add(long id, long at, long length) {
        records.put(id, at + idBytes);
        lengths.put(id, length - idBytes);
    }

    /** The text, or {@code ?} for one that is not in the dump. */
    public String get(long id) {
        long at = records.get(id);
        if (at < 0) {
            return "?";
        }
        int length = (int) Math.min(LONGEST, lengths.get(id));
        return new String(file.bytes(at, length), StandardCharsets.UTF_8);
    }

    /** A class's name as source code has it: {@code java.lang.Object[]} for {@code [Ljava/lang/Object;}. */
    public String className(long id) {
        return className(get(id));
    }

    static String className(String internal) {
        int dimensions = 0;
        while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
            dimensions++;
        }
        String element = internal.substring(dimensions);
        if (dimensions > 0) {
            element = switch (element) {
                case "Z" -> "boolean";
                case "C" -> "char";
                case "F" -> "float";
                case "D" -> "double";
                case "B" -> "byte";
                case "S" -> "short";
                case "I" -> "int";
                case "J" -> "long";
                default ->
                    element.startsWith("L") && element.endsWith(";")
                            ? element.substring(1, element.length() - 1)
                            : element;
            };
        }
        return element.replace('/', '.') + "[]".repeat(dimensions);
    }
}
