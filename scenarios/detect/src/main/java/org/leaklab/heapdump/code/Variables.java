package org.leaklab.heapdump.code;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.objectweb.asm.Type;

/** Whether what a frame shows can stand in certain variables of its method, and nowhere else. */
public final class Variables {

    private static final int MOST_ARGUMENTS = 255;

    private final Heap heap;

    /** Of the objects of a dump. */
    public Variables(Heap heap) {
        this.heap = heap;
    }

    /** Whether each of some objects can be another of some variables: a matching, by augmenting paths. */
    public boolean canBe(int[] objects, List<String> types) {
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
            if (!tried[type] && canBe(objects[which], types.get(type))) {
                tried[type] = true;
                if (takenBy[type] < 0 || place(takenBy[type], objects, types, takenBy, tried)) {
                    takenBy[type] = which;
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an object can be in a variable of a type; where that may be an interface, anything can. */
    public boolean canBe(int object, String type) {
        DumpClass actual = heap.isClass(object) ? heap.classByName("java.lang.Class") : heap.classOf(object);
        if (actual == null || type.endsWith("[]")) {
            return actual == null || actual.isArray();
        }
        DumpClass declared = heap.classByName(type);
        return declared == null || !declared.isNoInterface() || actual.is(type);
    }

    /** The types of references among a method's arguments. */
    public static List<String> arguments(String signature) {
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
