package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.LiveValue;
import org.leaklab.heapdump.evidence.CompiledCode;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.objectweb.asm.Type;

/**
 * Which references the frames of a stack still use and may not show. Asked once of each stack: most threads share
 * theirs.
 */
final class FrameUses {

    /** What the JVM calls by itself: it initializes or loads the class of the method that is to be called. */
    private static final Set<String> BEFORE_A_CALL = Set.of("<clinit>", "loadClass");

    private static final LiveValue ANYTHING =
            new LiveValue(Set.of("java.lang.Object"), false, false, false, Set.of(), null);

    private final Bytecode bytecode;
    private final @Nullable CompiledCode compiled;
    private final Map<Stack, OfStack> known = new HashMap<>();

    /**
     * What class files say.
     *
     * @param frames for each frame, the references that it uses, as {@link Bytecode#live} has them; none if that is
     *     unknown, or if the frame is not optimized and so shows them all
     * @param inHand what frames have given to a call that has not begun, or to a native method, and do not show;
     *     optimized or not
     * @param isUnreadable whether that is unknown of a frame that may be optimized, or is native
     * @param lacksClassFile whether it is of one that is not the JDK's
     */
    record OfStack(
            List<Set<List<LiveValue>>> frames, Set<LiveValue> inHand, boolean isUnreadable, boolean lacksClassFile) {

        /** Whether each frame uses no more than it shows. */
        boolean fit(int[] shown) {
            for (int frame = 0; frame < shown.length; frame++) {
                for (List<LiveValue> used : frames.get(frame)) {
                    if (used.size() > shown[frame]) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /**
     * Of a dump.
     *
     * @param compiled which code was compiled at that time; null if that is not known, and any may be
     */
    FrameUses(Bytecode bytecode, @Nullable CompiledCode compiled) {
        this.bytecode = bytecode;
        this.compiled = compiled;
    }

    OfStack of(Stack stack) {
        return known.computeIfAbsent(stack, this::read);
    }

    private OfStack read(Stack stack) {
        List<Set<List<LiveValue>>> uses = new ArrayList<>();
        Set<LiveValue> inHand = new HashSet<>();
        boolean isUnreadable = false;
        boolean lacksClassFile = false;
        int optimized = optimized(stack);
        for (int frame = 0; frame < stack.size(); frame++) {
            Stacks.Frame at = stack.get(frame);
            String called = frame == 0 ? "" : stack.get(frame - 1).method();
            boolean isBeforeCall = BEFORE_A_CALL.contains(called);
            boolean isNative = at.element().isNativeMethod();
            Set<List<LiveValue>> used =
                    frame >= optimized && !isNative && !isBeforeCall ? Set.of() : bytecode.live(at, called);
            if (isNative && used == null) {
                addArguments(at, inHand);
            } else if (isBeforeCall) {
                inHand.addAll(used == null ? Set.of(ANYTHING) : bytecode.aboutToGive(at, stack.get(frame - 1)));
            }
            if (frame >= optimized && used != null) {
                used = Set.of(); // it shows what it uses after the call
            }
            isUnreadable |= used == null;
            lacksClassFile |= used == null && !at.isJdk();
            uses.add(used == null ? Set.of() : used);
        }
        return new OfStack(uses, inHand, isUnreadable, lacksClassFile);
    }

    /** A native method has its arguments where no dump shows them. */
    private static void addArguments(Stacks.Frame frame, Set<LiveValue> inHand) {
        for (Type type : arguments(frame)) {
            if (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY) {
                inHand.add(new LiveValue(Set.of(type.getClassName()), false, false, false, Set.of(), null));
            }
        }
    }

    private static Type[] arguments(Stacks.Frame frame) {
        try {
            return Type.getArgumentTypes(frame.signature());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // of a damaged dump
            return new Type[] {Type.getType(Object.class)};
        }
    }

    /** How many of the innermost frames may be optimized: the code of one may be part of that of any further out. */
    private int optimized(Stack stack) {
        int outer = stack.size();
        while (compiled != null
                && outer > 0
                && !compiled.has(
                        stack.get(outer - 1).type(), stack.get(outer - 1).method())) {
            outer--;
        }
        return outer;
    }
}
