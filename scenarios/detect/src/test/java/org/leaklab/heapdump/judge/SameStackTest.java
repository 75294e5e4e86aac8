package org.leaklab.heapdump.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;

/** A JSON thread dump leaves out the frames that the JDK hides, a heap dump has them. */
class SameStackTest {

    private static final StackTraceElement PARK = new StackTraceElement("java.lang.VirtualThread", "park", "V.java", 1);
    private static final StackTraceElement WAITS = new StackTraceElement("shop.Shop", "waits", "Shop.java", 7);
    private static final StackTraceElement HIDDEN =
            new StackTraceElement("jdk.internal.reflect.DirectMethodHandleAccessor", "invokeImpl", "D.java", 154);
    private static final StackTraceElement REFLECTS =
            new StackTraceElement("java.lang.reflect.Method", "invoke", "Method.java", 565);
    private static final StackTraceElement STARTS = new StackTraceElement("shop.Shop", "starts", "Shop.java", 9);

    private static boolean inJson(List<StackTraceElement> heap, List<StackTraceElement> json) {
        return SameStack.inJson(
                new Stack(heap.stream()
                        .map(frame -> new Stacks.Frame(frame, "()V", -1))
                        .toList()),
                json);
    }

    @Test
    void reflectionHidesAFrame() {
        List<StackTraceElement> heap = List.of(PARK, WAITS, HIDDEN, REFLECTS, STARTS);
        assertThat(inJson(heap, List.of(WAITS, REFLECTS, STARTS))).isTrue();
        assertThat(inJson(heap, heap)).isTrue();
    }

    @Test
    void whoHasReturnedHasAnotherStack() {
        List<StackTraceElement> heap = List.of(PARK, WAITS, HIDDEN, REFLECTS, STARTS);
        assertThat(inJson(heap, List.of(STARTS))).isFalse();
        assertThat(inJson(heap, List.of(REFLECTS, STARTS))).isFalse();
        assertThat(inJson(heap, Stream.of(WAITS, REFLECTS).toList())).isFalse();
    }
}
