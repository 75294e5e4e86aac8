package org.leaklab.heapdump.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.LiveValue;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.objectweb.asm.Type;

/**
 * Whether compiled code can have taken apart an object that a frame uses: only if the object was made by that frame, or
 * by one that called it and gave it on as an argument. Each frame of a stack is asked once, so deep stacks cost no more
 * than their depth.
 */
final class TakenApart {

    private final Bytecode bytecode;

    /** By stack and frame, for each argument that this frame has given, whether it can have been taken apart. */
    private final Map<Stack, boolean[][]> given = new HashMap<>();

    TakenApart(Bytecode bytecode) {
        this.bytecode = bytecode;
    }

    /** Whether compiled code can have made what a value of a frame is: that frame, or one of those that called it. */
    boolean mayBe(LiveValue value, Stack stack, int frame) {
        if (value.isMade() || value.arguments().isEmpty()) {
            return value.isMade();
        }
        if (frame + 1 >= stack.size()) {
            return false;
        }
        Stacks.Frame caller = stack.get(frame + 1);
        if (caller.type().contains("$$Lambda")) {
            int captured = arguments(stack.get(frame)) - arguments(caller); // it comes first, from the lambda's fields
            return value.arguments().stream().anyMatch(argument -> argument >= captured)
                    || isMadeLambda(stack, frame + 1);
        }
        return value.arguments().stream().anyMatch(argument -> mayGive(stack, frame + 1, argument));
    }

    /** Whether what a frame has given for an argument can have been taken apart; also if that cannot be told. */
    private boolean mayGive(Stack stack, int frame, int argument) {
        boolean[][] answers = given.get(stack);
        if (answers == null) {
            answers = new boolean[stack.size()][];
            given.put(stack, answers);
            for (int i = stack.size() - 1; i > 0; i--) { // from the outermost on: each asks the next outer one alone
                answers[i] = given(stack, i);
            }
        }
        return argument >= answers[frame].length || answers[frame][argument];
    }

    private boolean[] given(Stack stack, int frame) {
        Stacks.Frame called = stack.get(frame - 1);
        boolean[] answers = new boolean[arguments(called) + 1]; // what it was called on is one of them
        for (int i = 0; i < answers.length; i++) {
            Set<LiveValue> values = bytecode.given(stack.get(frame), called.method(), i);
            answers[i] = values.isEmpty() || values.stream().anyMatch(value -> mayBe(value, stack, frame));
        }
        return answers;
    }

    /** Whether a lambda whose frame is on a stack can have been made, and taken apart, by those that called it. */
    private boolean isMadeLambda(Stack stack, int frame) {
        if (frame + 1 >= stack.size()) {
            return false;
        }
        Set<LiveValue> given =
                bytecode.given(stack.get(frame + 1), stack.get(frame).method(), 0);
        return given.stream().anyMatch(value -> mayBe(value, stack, frame + 1));
    }

    private static int arguments(Stacks.Frame frame) {
        try {
            return Type.getArgumentCount(frame.signature());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // of a damaged dump: any may have been
            return 0;
        }
    }
}
