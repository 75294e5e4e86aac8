package org.leaklab.heapdump;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Type;

/** Whether what a frame shows can stand in certain variables of its method, and nowhere else. */
final class Variables {

    private static final int MOST_ARGUMENTS = 255;

    private final Heap heap;

    Variables(Heap heap) {
        this.heap = heap;
    }

    /** Whether each of some objects can be another of some variables: a matching, by augmenting paths. */
    boolean canBe(int[] objects, List<String> types) {
        int[] takenBy = new int[types.size()];
        Arrays.fill(takenBy, -1);
        for (int i = 0; i < objects.length; i++) {
            if (!place(i, objects, types, takenBy, new boolean[types.size()])) {
                return false;
            }
        }
        return true;
    }

    private boolean place(int which, int[] objects, List<String> types, int[] takenBy, boolean[] tried) {
        for (int type = 0; type < types.size(); type++) {
            if (!tried[type] && heap.canBe(objects[which], types.get(type))) {
                tried[type] = true;
                if (takenBy[type] < 0 || place(takenBy[type], objects, types, takenBy, tried)) {
                    takenBy[type] = which;
                    return true;
                }
            }
        }
        return false;
    }

    /** The types of references among a method's arguments. */
    static List<String> arguments(String signature) {
        try {
            return Arrays.stream(Type.getArgumentTypes(signature))
                    .filter(type -> type.getSort() >= Type.ARRAY)
                    .map(Type::getClassName)
                    .toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // of a damaged dump: anything
            return Collections.nCopies(MOST_ARGUMENTS, Origins.ANY);
        }
    }
}
