package org.leaklab.serve;

import com.google.protobuf.CodedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A profile of pprof, read from its gzipped protocol buffer with nothing of the writer's.
 *
 * @param sampleType what is counted, as {@code goroutine}
 * @param total the sum of all samples
 * @param locations number of places in code
 * @param functions number of functions
 * @param strings the table of strings
 */
record PprofBytes(String sampleType, long total, int locations, int functions, List<String> strings) {

    static PprofBytes read(byte[] zipped) throws IOException {
        byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        List<String> strings = new ArrayList<>();
        int type = -1;
        long total = 0;
        int locations = 0;
        int functions = 0;
        for (int tag; (tag = in.readTag()) != 0; ) {
            switch (tag >>> 3) {
                case 1 -> type = Math.toIntExact(number(in.readByteArray(), 1));
                case 2 -> total += number(in.readByteArray(), 2);
                case 4 -> {
                    in.readByteArray();
                    locations++;
                }
                case 5 -> {
                    in.readByteArray();
                    functions++;
                }
                case 6 -> strings.add(in.readString());
                default -> in.skipField(tag);
            }
        }
        return new PprofBytes(strings.get(type), total, locations, functions, strings);
    }

    /** A number in a message, by its field. */
    private static long number(byte[] message, int field) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        long value = 0;
        for (int tag; (tag = in.readTag()) != 0; ) {
            if (tag >>> 3 == field) {
                value = in.readInt64();
            } else {
                in.skipField(tag);
            }
        }
        return value;
    }
}
