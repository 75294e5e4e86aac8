package org.leaklab.heapdump;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A heap of a handful of objects, written byte by byte: what no JVM of today writes can be tried with it. A platform
 * thread is parked on a gate, and a static field may hold the gate.
 */
final class TinyDump {

    private static final int OBJECT = 2;
    private static final int INT = 10;
    private static final int PARKED = 0x291;

    private final int idBytes;
    private final String version;
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private final Map<String, Long> names = new LinkedHashMap<>();
    private int serial;

    /** Identifier of the superclass of {@code java.lang.Object}: none, but for a dump that goes round in circles. */
    long aboveObject;

    boolean gateIsHeld;

    TinyDump(int idBytes, String version) {
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
        long id = 1001 + names.size();
        names.put(text, id);
        record(strings, 0x01, out -> {
            id(out, id);
            out.write(text.getBytes(StandardCharsets.UTF_8));
        });
        return id;
    }

    /** A class with fields, each a name and a type, and perhaps a static field that holds an object. */
    private void type(long id, String name, long above, long held, Object... fields) throws IOException {
        long nameId = name(name);
        int number = ++serial;
        record(records, 0x02, out -> {
            out.writeInt(number);
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
        out.writeInt(fields.length / 2 * idBytes);
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

    private void instance(long id, long type, Object... values) throws IOException {
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

    private void frame(long id, String type, String method) throws IOException {
        type(id * 8 + 4096, type, 8, 0);
        int number = serial;
        long methodName = name(method);
        long signature = name("()V");
        record(records, 0x04, out -> {
            id(out, id);
            id(out, methodName);
            id(out, signature);
            id(out, 0);
            out.writeInt(number);
            out.writeInt(7);
        });
    }

    byte[] bytes() throws IOException {
        type(8, "java/lang/Object", aboveObject, 0);
        type(16, "java/lang/Thread", 8, 0, "holder", OBJECT, "parkBlocker", OBJECT);
        type(24, "java/lang/Thread$FieldHolder", 8, 0, "threadStatus", INT);
        type(32, "shop/Gate", 8, gateIsHeld ? 56 : 0);
        instance(40, 16, 48L, 56L);
        instance(48, 24, PARKED);
        instance(56, 32);
        frame(1, "java/util/concurrent/locks/LockSupport", "park");
        frame(2, "java/util/concurrent/Gate", "pass");
        record(records, 0x05, out -> {
            out.writeInt(1);
            out.writeInt(1);
            out.writeInt(2);
            id(out, 1);
            id(out, 2);
        });
        DataOutputStream roots = new DataOutputStream(heap);
        roots.writeByte(0x08);
        id(roots, 40);
        roots.writeInt(1);
        roots.writeInt(1);
        roots.writeByte(0x03);
        id(roots, 56);
        roots.writeInt(1);
        roots.writeInt(1);
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
