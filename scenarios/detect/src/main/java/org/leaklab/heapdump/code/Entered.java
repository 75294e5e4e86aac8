package org.leaklab.heapdump.code;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Which of the objects that a frame shows are monitors: what it has entered, and what it is about to enter.
 *
 * <p>A dump shows the variables of a frame in their order, and then its stack, without those that are null. Compiled
 * code leaves out those that are not used any more as well. So the objects are laid on the references that the method
 * has at each instruction of the frame's line, in every way that keeps the order, see {@link Spots}. What is the same
 * in all ways is so.
 *
 * @param wanted the object that is about to be entered, or -1
 * @param held the objects that were entered by blocks of the method, or by the method itself, the outermost first
 */
public record Entered(int wanted, List<Integer> held) {

    /** Says which objects a variable can have. */
    interface Types {

        /** Whether an object can be in a variable of a type. */
        boolean canBe(int object, String type);

        /** Whether an object is of this very type. */
        boolean is(int object, String type);
    }

    /**
     * What a frame shows of its monitors, or null if that cannot be told.
     *
     * @param shown the objects that the frame shows, in the order of the dump
     * @param called the name of the method that the frame calls, or empty if it is not known; null if the frame is
     *     about to enter a monitor
     */
    static @Nullable Entered of(
            MethodNode method, String owner, int line, int[] shown, @Nullable String called, Types types) {
        List<Spot> spots = spots(method, owner, line, called);
        return spots == null ? null : of(spots, shown, types);
    }

    /** Where a frame on a line may stand, or null if the method cannot be read. */
    static @Nullable List<Spot> spots(MethodNode method, String owner, int line, @Nullable String called) {
        try {
            return Spots.of(method, owner, line, called);
        } catch (AnalyzerException e) {
            return null;
        }
    }

    /** What a frame shows of its monitors if it stands at one of some spots, or null if that cannot be told. */
    static @Nullable Entered of(List<Spot> spots, int[] shown, Types types) {
        Set<Entered> found = new HashSet<>();
        for (Spot place : spots) {
            if (!place.lay(shown, types, found::add)) {
                return null;
            }
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }
}
