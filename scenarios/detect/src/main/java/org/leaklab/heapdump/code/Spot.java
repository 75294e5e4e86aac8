package org.leaklab.heapdump.code;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * An instruction at which a frame may stand.
 *
 * @param slots its references, the variables first and then the stack
 * @param wanted the slot of what it enters, or -1
 * @param held the slots of what has been entered
 */
record Spot(List<Slot> slots, int wanted, List<Integer> held) {

    private static final int MOST_STEPS = 20_000;

    /** What a slot holds as far as the method tells. */
    enum Value {
        /** Null, which no dump shows. */
        NULL,
        /** Null, or an object. */
        ANY,
        /** An object that the method made and gave to nobody: compiled code may have taken it apart. */
        OWN,
        /** An object. */
        OBJECT
    }

    /**
     * A reference.
     *
     * @param origins where it comes from; of one origin there is one object
     * @param types what it can be
     * @param exact whether it is made in the method, of this very type
     * @param live whether it is used later; other ones may be left out
     */
    record Slot(Set<AbstractInsnNode> origins, Set<String> types, boolean exact, boolean live, Value value) {

        private boolean fits(int object, Entered.Types of) {
            return types.stream().anyMatch(type -> exact ? of.is(object, type) : of.canBe(object, type));
        }

        Slot thatIsNotNull() {
            return new Slot(origins, types, exact, live, Value.OBJECT);
        }

        private boolean canBeLeftOut() {
            return !live || value != Value.OBJECT;
        }
    }

    /**
     * Tells each way in which the objects of a frame can be laid on the slots. Returns false if there are too many
     * ways, or if one leaves open what is wanted or held.
     */
    boolean lay(int[] shown, Entered.Types types, Consumer<Entered> found) {
        Laying laying = new Laying(shown, types, found);
        laying.next(0, 0);
        return laying.steps <= MOST_STEPS && !laying.open;
    }

    private final class Laying {

        private final int[] shown;
        private final Entered.Types types;
        private final Consumer<Entered> found;
        private final Map<AbstractInsnNode, Integer> objects = new HashMap<>();
        private final Set<AbstractInsnNode> nulls = new HashSet<>();
        private final int[] laid = new int[slots.size()];
        private int steps;
        private boolean open;

        Laying(int[] shown, Entered.Types types, Consumer<Entered> found) {
            this.shown = shown;
            this.types = types;
            this.found = found;
        }

        private void next(int slot, int object) {
            if (open || ++steps > MOST_STEPS || shown.length - object > slots.size() - slot) {
                return;
            }
            if (slot == slots.size()) {
                tell();
                return;
            }
            Slot at = slots.get(slot);
            AbstractInsnNode origin =
                    at.origins().size() == 1 ? at.origins().iterator().next() : null;
            if (object < shown.length
                    && at.value() != Value.NULL
                    && (origin == null || !nulls.contains(origin))
                    && at.fits(shown[object], types)) {
                Integer before = origin == null ? null : objects.get(origin);
                if (before == null || before == shown[object]) {
                    laid[slot] = shown[object];
                    if (origin != null) {
                        objects.put(origin, shown[object]);
                    }
                    next(slot + 1, object + 1);
                    if (origin != null && before == null) {
                        objects.remove(origin);
                    }
                }
            }
            if (at.canBeLeftOut()) {
                boolean isNull = at.live() && at.value() == Value.ANY && origin != null;
                if (isNull && objects.containsKey(origin)) {
                    return;
                }
                boolean added = isNull && nulls.add(origin);
                laid[slot] = -1;
                next(slot + 1, object);
                if (added) {
                    nulls.remove(origin);
                }
            }
        }

        private void tell() {
            boolean known = (wanted < 0 || laid[wanted] >= 0) && held.stream().allMatch(i -> laid[i] >= 0);
            open |= !known;
            if (known) {
                found.accept(new Entered(
                        wanted < 0 ? -1 : laid[wanted],
                        held.stream().map(i -> laid[i]).toList()));
            }
        }
    }
}
