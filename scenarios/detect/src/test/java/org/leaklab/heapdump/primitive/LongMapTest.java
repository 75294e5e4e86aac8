package org.leaklab.heapdump.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map of longs does what {@link HashMap} does. */
class LongMapTest {

    private final LongMap map = new LongMap();
    private final Map<Long, Long> reference = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1L << 40, Long.MAX_VALUE - 500, Long.MIN_VALUE, -100})
    void knowsWhatWasPutInRunsAndBesideThem(long begin) {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> put(begin + reference.size(), round);
                case 2 -> put(begin + random.nextInt(2_000), round);
                default -> put(begin - random.nextInt(100), round);
            }
        }
        for (long key = begin - 200; key != begin + 25_000; key++) {
            assertEquals(reference.getOrDefault(key, -1L), map.get(key), Long.toString(key));
        }
        assertEquals(reference.size(), map.size());
    }

    @Test
    void knowsAddressesThatAreFarApart() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 50_000; i++) {
            put(random.nextLong(1L << 35) * 8, i);
        }
        reference.forEach((key, value) -> assertEquals(value, map.get(key)));
        assertEquals(-1, map.get(3));
    }

    private void put(long key, long value) {
        map.put(key, value);
        reference.put(key, value);
    }
}
