package org.leaklab.heapdump.hprof;

/** Tags of records in HPROF 1.0.2, as the JDK's {@code heapDumper.cpp} writes them. */
public final class Tag {

    // records
    static final int UTF8 = 0x01;
    static final int LOAD_CLASS = 0x02;
    static final int FRAME = 0x04;
    static final int TRACE = 0x05;
    static final int HEAP_DUMP = 0x0c;
    static final int HEAP_DUMP_SEGMENT = 0x1c;
    static final int HEAP_DUMP_END = 0x2c;

    // records within a heap dump or segment
    static final int ROOT_UNKNOWN = 0xff;
    static final int ROOT_JNI_GLOBAL = 0x01;
    static final int ROOT_JNI_LOCAL = 0x02;
    static final int ROOT_JAVA_FRAME = 0x03;
    static final int ROOT_NATIVE_STACK = 0x04;
    static final int ROOT_STICKY_CLASS = 0x05;
    static final int ROOT_THREAD_BLOCK = 0x06;
    static final int ROOT_MONITOR_USED = 0x07;
    static final int ROOT_THREAD_OBJECT = 0x08;
    public static final int CLASS = 0x20;
    public static final int INSTANCE = 0x21;
    public static final int OBJECT_ARRAY = 0x22;
    public static final int PRIMITIVE_ARRAY = 0x23;

    // types of values
    public static final int OBJECT = 2;
    static final int BOOLEAN = 4;
    public static final int CHAR = 5;
    static final int BYTE = 8;
    public static final int INT = 10;

    private static final int FIRST_PRIMITIVE = BOOLEAN;
    private static final int[] PRIMITIVE_BYTES = {1, 2, 4, 8, 1, 2, 4, 8};

    private Tag() {}

    /** Bytes of a value, or 0 for a type that does not exist. */
    public static int bytes(int type, int idBytes) {
        if (type == OBJECT) {
            return idBytes;
        }
        int primitive = type - FIRST_PRIMITIVE;
        return primitive < 0 || primitive >= PRIMITIVE_BYTES.length ? 0 : PRIMITIVE_BYTES[primitive];
    }
}
