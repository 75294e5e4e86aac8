package org.leaklab.detect;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.leaklab.core.text.Printable;

/**
 * Writes a profile as pprof's gzipped protocol buffer, after {@code proto/profile.proto} of github.com/google/pprof,
 * whose field numbers stand here as constants.
 *
 * <p>One sample a group of identical threads, its value their number; the labels tell groups apart by state, by what
 * they wait on, by creator, kind, and minutes since the first of them was started, which is the most that it can have
 * waited. A function's file is a path of its package, so that {@code -source_path} finds the line.
 *
 * <p>The only class that needs protobuf: only {@link Pprof} may refer to it.
 */
final class PprofWriter {

    // message Profile
    private static final int SAMPLE_TYPE = 1;
    private static final int SAMPLE = 2;
    private static final int LOCATION = 4;
    private static final int FUNCTION = 5;
    private static final int STRING_TABLE = 6;
    private static final int TIME_NANOS = 9;
    private static final int PERIOD_TYPE = 11;
    private static final int PERIOD = 12;

    private final Strings strings = new Strings();
    private final Map<String, Integer> functions = new LinkedHashMap<>();
    private final Map<StackTraceElement, Integer> locations = new LinkedHashMap<>();
    private final List<ByteString> functionMessages = new ArrayList<>();
    private final List<ByteString> locationMessages = new ArrayList<>();

    private PprofWriter() {}

    /**
     * Indices into the string table, which begins with the empty string. Strings are escaped, because pprof prints them
     * to terminals as they are.
     */
    private static final class Strings {
        private final Map<String, Integer> indices = new LinkedHashMap<>();

        Strings() {
            indices.put("", 0);
        }

        int of(String string) {
            return indices.computeIfAbsent(Printable.of(string), ignored -> indices.size());
        }
    }

    /** Fills one message. */
    @FunctionalInterface
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    /** Writes a profile and leaves the stream open. */
    static void write(ThreadProfile profile, OutputStream out) throws IOException {
        GZIPOutputStream zipped = new GZIPOutputStream(out);
        new PprofWriter().write(profile, CodedOutputStream.newInstance(zipped));
        zipped.finish();
    }

    private void write(ThreadProfile profile, CodedOutputStream out) throws IOException {
        ByteString type = valueType(profile.name(), "count");
        out.writeBytes(SAMPLE_TYPE, type);
        for (StuckGroup group : profile.groups()) {
            out.writeBytes(SAMPLE, sample(group));
        }
        for (ByteString location : locationMessages) {
            out.writeBytes(LOCATION, location);
        }
        for (ByteString function : functionMessages) {
            out.writeBytes(FUNCTION, function);
        }
        for (String string : strings.indices.keySet()) {
            out.writeString(STRING_TABLE, string);
        }
        out.writeInt64(
                TIME_NANOS,
                Math.addExact(
                        Math.multiplyExact(profile.at().getEpochSecond(), 1_000_000_000L),
                        profile.at().getNano()));
        out.writeBytes(PERIOD_TYPE, type);
        out.writeInt64(PERIOD, 1);
        out.flush();
    }

    private ByteString valueType(String type, String unit) throws IOException {
        return message(out -> {
            out.writeInt64(1, strings.of(type));
            out.writeInt64(2, strings.of(unit));
        });
    }

    private ByteString sample(StuckGroup group) throws IOException {
        List<Integer> stack = new ArrayList<>();
        for (StackTraceElement frame : group.stack()) {
            stack.add(location(frame));
        }
        return message(out -> {
            for (int location : stack) {
                out.writeUInt64(1, location);
            }
            out.writeInt64(2, group.count());
            label(out, "state", ProfileText.state(group.state()));
            label(out, "kind", group.kind().name().toLowerCase(Locale.ROOT));
            if (group.waitsOn() != null) {
                label(out, "waits_on", group.waitsOn());
            }
            if (!group.creator().isEmpty()) {
                label(out, "creator", group.creator());
            }
            if (group.oldest() != null) {
                long minutes = group.oldest().toMinutes();
                out.writeBytes(3, message(label -> {
                    label.writeInt64(1, strings.of("waiting"));
                    label.writeInt64(3, minutes);
                    label.writeInt64(4, strings.of("minutes"));
                }));
            }
        });
    }

    private void label(CodedOutputStream out, String key, String value) throws IOException {
        out.writeBytes(3, message(label -> {
            label.writeInt64(1, strings.of(key));
            label.writeInt64(2, strings.of(value));
        }));
    }

    private int location(StackTraceElement frame) throws IOException {
        Integer known = locations.get(frame);
        if (known != null) {
            return known;
        }
        int id = locations.size() + 1;
        locations.put(frame, id);
        int function = function(frame);
        locationMessages.add(message(out -> {
            out.writeUInt64(1, id);
            out.writeBytes(4, message(line -> {
                line.writeUInt64(1, function);
                line.writeInt64(2, Math.max(0, frame.getLineNumber()));
            }));
        }));
        return id;
    }

    private int function(StackTraceElement frame) throws IOException {
        String name = ProfileText.function(frame);
        String file = ProfileText.file(frame);
        String key = name + "\n" + file;
        Integer known = functions.get(key);
        if (known != null) {
            return known;
        }
        int id = functions.size() + 1;
        functions.put(key, id);
        functionMessages.add(message(out -> {
            out.writeUInt64(1, id);
            out.writeInt64(2, strings.of(name));
            out.writeInt64(3, strings.of(name));
            out.writeInt64(4, strings.of(file));
        }));
        return id;
    }

    private static ByteString message(Body body) throws IOException {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        body.write(out);
        out.flush();
        return bytes.toByteString();
    }
}
