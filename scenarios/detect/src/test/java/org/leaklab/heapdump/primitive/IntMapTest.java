package org.leaklab.heapdump.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A map of numbers of objects does what {@link HashMap} does. */
class IntMapTest {

    private final IntMap<String> map = new IntMap<>();
    private final Map<Integer, String> reference = new HashMap<>();

    @Test
    void knowsWhatWasPut() {
        SplittableRandom random = new SplittableRandom(7);
        put(0, "first");
        put(Integer.MAX_VALUE, "last");
        for (int round = 0; round < 50_000; round++) {
            put(random.nextInt(round % 2 == 0 ? 20_000 : Integer.MAX_VALUE), "in round " + round);
        }
        reference.forEach((key, value) -> assertEquals(value, map.get(key)));
        for (int key = 0; key < 21_000; key++) {
            assertEquals(reference.get(key), map.get(key), Integer.toString(key));
        }
    }

    @Test
    void knowsNothingOfNoObject() {
        assertNull(map.get(-1));
        put(0, "an object");
        assertNull(map.get(-1));
    }

    private void put(int key, String value) {
        map.put(key, value);
        reference.put(key, value);
    }
}
