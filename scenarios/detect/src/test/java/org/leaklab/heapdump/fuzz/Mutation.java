package org.leaklab.heapdump.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.leaklab.heapdump.fuzz.Places.Place;

/** A way to damage a dump. What it does follows from the seed alone. */
enum Mutation {
    /** Up to eight bits of one record, of any type with the same chance. */
    FLIPPED_BITS {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            Place place = record(places, random);
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                dump[random.nextInt(place.at(), place.end())] ^= (byte) (1 << random.nextInt(8));
            }
            return dump;
        }
    },

    /** The same over many records at once. */
    MANY_FLIPPED_BITS {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            for (int i = random.nextInt(2, 200); i > 0; i--) {
                Place place = record(places, random);
                dump[random.nextInt(place.at(), place.end())] ^= (byte) (1 << random.nextInt(8));
            }
            return dump;
        }
    },

    TRUNCATED {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            return Arrays.copyOf(dump, random.nextInt(dump.length));
        }
    },

    /** In the middle of the first bytes, or just at the end of a record. */
    TRUNCATED_AT_AN_EDGE {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            return Arrays.copyOf(
                    dump,
                    random.nextBoolean()
                            ? random.nextInt(64)
                            : record(places, random).end());
        }
    },

    /** Some four bytes in the first forty of a record claim very much: there stand lengths and counts. */
    HUGE_LENGTH {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            Place place = record(places, random);
            int at = random.nextInt(place.at(), Math.min(place.end(), place.at() + 40));
            int[] huge = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, dump.length, 0x10000000, 0x00ffffff};
            int value = huge[random.nextInt(huge.length)];
            for (int i = 0; i < 4 && at + i < dump.length; i++) {
                dump[at + i] = (byte) (value >>> 24 - 8 * i);
            }
            return dump;
        }
    },

    /** A class becomes its own superclass, or some class becomes that of one of its ancestors. */
    CYCLIC_HIERARCHY {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            List<Place> classes = places.classes();
            ByteBuffer bytes = ByteBuffer.wrap(dump);
            for (int i = random.nextInt(1, 20); i > 0; i--) {
                Place one = classes.get(random.nextInt(classes.size()));
                Place other = random.nextInt(3) == 0 ? one : classes.get(random.nextInt(classes.size()));
                bytes.putLong(one.at() + 13, bytes.getLong(other.at() + 1));
            }
            return dump;
        }
    },

    /** Eight bytes of one record become eight of another: identifiers that lead elsewhere, among other things. */
    WRONG_IDENTIFIER {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            for (int i = random.nextInt(1, 50); i > 0; i--) {
                copy(
                        dump,
                        record(places, random).at() + 1,
                        record(places, random).at() + 1,
                        8);
            }
            return dump;
        }
    },

    /** A piece of the dump stands in another place. */
    MOVED_BLOCK {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            int length = random.nextInt(1, 1 << random.nextInt(1, 17));
            copy(dump, random.nextInt(dump.length), random.nextInt(dump.length), length);
            return dump;
        }
    },

    REPEATED_RECORDS {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            Place place = record(places, random);
            byte[] longer = Arrays.copyOf(dump, dump.length + place.end() - place.at());
            System.arraycopy(dump, place.at(), longer, place.end(), dump.length - place.at());
            return longer;
        }
    },

    ZEROS {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            int from = random.nextInt(dump.length);
            Arrays.fill(dump, from, Math.min(dump.length, from + random.nextInt(1, 4096)), (byte) 0);
            return dump;
        }
    },

    RANDOM_BYTES {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            byte[] bytes = new byte[random.nextInt(1, 1 << 16)];
            random.nextBytes(bytes);
            return bytes;
        }
    },

    RANDOM_BYTES_AFTER_THE_HEAD {
        @Override
        byte[] damage(byte[] dump, Places places, SplittableRandom random) {
            byte[] bytes = new byte[random.nextInt(32, 1 << 16)];
            random.nextBytes(bytes);
            System.arraycopy(dump, 0, bytes, 0, 31);
            return bytes;
        }
    };

    /** Damages a copy of a dump. */
    static byte[] of(byte[] whole, Places places, long seed) {
        return kind(seed).damage(whole.clone(), places, new SplittableRandom(seed));
    }

    /** The kinds take turns. */
    static Mutation kind(long seed) {
        return values()[(int) Math.floorMod(seed, (long) values().length)];
    }

    abstract byte[] damage(byte[] dump, Places places, SplittableRandom random);

    private static Place record(Places places, SplittableRandom random) {
        List<Integer> types = places.types();
        List<Place> records = places.ofType(types.get(random.nextInt(types.size())));
        return records.get(random.nextInt(records.size()));
    }

    private static void copy(byte[] dump, int from, int to, int length) {
        System.arraycopy(dump, from, dump, to, Math.min(length, dump.length - Math.max(from, to)));
    }
}
