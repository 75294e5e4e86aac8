package org.leaklab.heapdump.testing;

import java.io.IOException;

/** A heap of a handful of objects: a platform thread is parked on a gate, and a static field may hold the gate. */
public final class TinyDump {

    private static final int PARKED = 0x291;
    private static final String PARK = "java/util/concurrent/locks/LockSupport";
    private static final String PASS = "java/util/concurrent/Gate";

    /** One that the JDK's code parks on, of which nothing but its name is asked. */
    private static final String SYNCHRONIZER = "java/util/concurrent/ForkJoinPool";

    private final HprofWriter dump;

    /** Identifier of the superclass of {@code java.lang.Object}: none, but for a dump that goes round in circles. */
    public long aboveObject;

    public boolean gateIsHeld;

    /** Whether the numbers in fields are 0, as tools leave them that remove secrets. */
    public boolean isBlanked;

    public TinyDump(int idBytes, String version) {
        dump = new HprofWriter(idBytes, version);
    }

    public byte[] bytes() throws IOException {
        dump.type(8, "java/lang/Object", aboveObject, 0);
        dump.type(16, "java/lang/Thread", 8, 0, "holder", HprofWriter.OBJECT, "parkBlocker", HprofWriter.OBJECT);
        dump.type(24, "java/lang/Thread$FieldHolder", 8, 0, "threadStatus", HprofWriter.INT);
        dump.type(80, SYNCHRONIZER, 8, 0);
        dump.type(32, "shop/Gate", 80, gateIsHeld ? 56 : 0);
        dump.instance(40, 16, 48L, 56L);
        dump.instance(48, 24, isBlanked ? 0 : PARKED);
        dump.instance(56, 32);
        dump.type(64, PARK, 8, 0);
        dump.type(72, PASS, 8, 0);
        dump.frame(1, PARK, "park", "()V");
        dump.frame(2, PASS, "pass", "()V");
        dump.thread(40, 1, 1, 2);
        dump.shown(56, 1, 1);
        return dump.bytes();
    }
}
