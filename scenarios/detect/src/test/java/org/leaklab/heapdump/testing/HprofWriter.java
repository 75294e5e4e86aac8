package org.leaklab.heapdump.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a heap dump record by record: what no JVM of today writes, or only once in a while, can be tried with it. */
public final class HprofWriter {

    public static final int OBJECT = 2;
    public static final int INT = 10;
    public static final int LONG = 11;

    private final int idBytes;
    private final String version;
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private final Map<String, Long> names = new LinkedHashMap<>();
    private final Map<String, Integer> serials = new HashMap<>();

    public HprofWriter(int idBytes, String version) {
        this.idBytes = idBytes;
        this.version = version;
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private void id(DataOutputStream out, long id) throws IOException {
        if (idBytes == 8) {
            out.writeLong(id);
        } else {
            out.writeInt((int) id);
        }
    }

    private void record(ByteArrayOutputStream to, int tag, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        DataOutputStream out = new DataOutputStream(to);
        out.writeByte(tag);
        out.writeInt(0);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    private long name(String text) throws IOException {
        Long known = names.get(text);
        if (known != null) {
            return known;
        }
        long id = 1_000_001 + names.size();
        names.put(text, id);
        record(strings, 0x01, out -> {
            id(out, id);
            out.write(text.getBytes(StandardCharsets.UTF_8));
        });
        return id;
    }

    private static int bytes(int type, int idBytes) {
        return type == OBJECT ? idBytes : type == LONG ? 8 : 4;
    }

    /** A class with fields, each a name and a type, and a static field that holds an object or nothing. */
    public void type(long id, String name, long above, long held, Object... fields) throws IOException {
        long nameId = name(name);
        int serial = serials.size() + 1;
        serials.put(name, serial);
        record(records, 0x02, out -> {
            out.writeInt(serial);
            id(out, id);
            out.writeInt(0);
            id(out, nameId);
        });
        DataOutputStream out = new DataOutputStream(heap);
        out.writeByte(0x20);
        id(out, id);
        out.writeInt(0);
        id(out, above);
        for (int i = 0; i < 5; i++) {
            id(out, 0);
        }
        int size = 0;
        for (int i = 1; i < fields.length; i += 2) {
            size += bytes((Integer) fields[i], idBytes);
        }
        out.writeInt(size);
        out.writeShort(0);
        out.writeShort(1);
        id(out, name("held"));
        out.writeByte(OBJECT);
        id(out, held);
        out.writeShort(fields.length / 2);
        for (int i = 0; i < fields.length; i += 2) {
            id(out, name((String) fields[i]));
            out.writeByte((Integer) fields[i + 1]);
        }
        out.writeByte(0x05);
        id(out, id);
    }

    public boolean hasType(String name) {
        return serials.containsKey(name);
    }

    /** An instance: a {@code Long} is a reference, or a field of that type where identifiers have eight bytes. */
    public void instance(long id, long type, Object... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        for (Object value : values) {
            if (value instanceof Long reference) {
                id(body, reference);
            } else {
                body.writeInt((Integer) value);
            }
        }
        DataOutputStream out = new DataOutputStream(heap);
        out.writeByte(0x21);
        id(out, id);
        out.writeInt(0);
        id(out, type);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    public void frame(long id, String type, String method, String signature) throws IOException {
        long methodName = name(method);
        long signatureName = name(signature);
        record(records, 0x04, out -> {
            id(out, id);
            id(out, methodName);
            id(out, signatureName);
            id(out, 0);
            out.writeInt(serials.get(type));
            out.writeInt(7);
        });
    }

    /** A thread and its stack; {@code serial} is of both. */
    public void thread(long object, int serial, long... frames) throws IOException {
        record(records, 0x05, out -> {
            out.writeInt(serial);
            out.writeInt(serial);
            out.writeInt(frames.length);
            for (long frame : frames) {
                id(out, frame);
            }
        });
        DataOutputStream out = new DataOutputStream(heap);
        out.writeByte(0x08);
        id(out, object);
        out.writeInt(serial);
        out.writeInt(serial);
    }

    /** An object that a frame shows. */
    public void shown(long object, int serial, int frame) throws IOException {
        DataOutputStream out = new DataOutputStream(heap);
        out.writeByte(0x03);
        id(out, object);
        out.writeInt(serial);
        out.writeInt(frame);
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.write(("JAVA PROFILE " + version + "\0").getBytes(StandardCharsets.US_ASCII));
        out.writeInt(idBytes);
        out.writeLong(0);
        strings.writeTo(out);
        records.writeTo(out);
        boolean segments = version.equals("1.0.2");
        record(all, segments ? 0x1c : 0x0c, body -> heap.writeTo(body));
        if (segments) {
            record(all, 0x2c, body -> {});
        }
        return all.toByteArray();
    }
}
