package org.leaklab.heapdump.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * What a method says of the call of {@code Object.wait} in it: by the instruction that each value comes from, which is
 * never two objects at a time, for a value that crosses the head of a loop comes from two instructions.
 *
 * @param type what the object that is waited on is declared to be, as far as the method shows
 * @param onReceiver whether that is the object that the method was called on
 * @param others the types of whatever else the frame can show during the call
 * @param after if the call is in a block of this very method on the same object: the types of whatever the frame can
 *     show behind the variable that keeps the object until the block is left; else null
 */
public record WaitCall(
        String type,
        boolean onReceiver,
        Set<String> others,
        @Nullable Set<String> after) {

    /** The call on a line of a method; null if there is none, or not one only. */
    static @Nullable WaitCall on(int line, MethodNode method, String owner) {
        List<Integer> calls = new ArrayList<>();
        int at = -1;
        for (int i = 0; i < method.instructions.size(); i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            if (instruction instanceof LineNumberNode number) {
                at = number.line;
            } else if (at == line && isWait(instruction)) {
                calls.add(i);
            }
        }
        if (calls.size() != 1) {
            return null;
        }
        Origins origins = new Origins(owner);
        try {
            Frame<SourceValue>[] frames = new Analyzer<>(origins).analyze(owner, method);
            return of(calls.getFirst(), method, frames, origins);
        } catch (AnalyzerException e) {
            return null;
        }
    }

    private static boolean isWait(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && (call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKESPECIAL)
                && call.name.equals("wait")
                && List.of("()V", "(J)V", "(JI)V").contains(call.desc);
    }

    private static @Nullable WaitCall of(int at, MethodNode method, Frame<SourceValue>[] frames, Origins origins) {
        Frame<SourceValue> frame = frames[at];
        if (frame == null) {
            return null;
        }
        MethodInsnNode call = (MethodInsnNode) method.instructions.get(at);
        int below = frame.getStackSize() - 1 - Type.getArgumentCount(call.desc);
        SourceValue object = frame.getStack(below);
        if (object.insns.size() != 1) {
            return null;
        }
        Set<String> type = new HashSet<>();
        origins.addType(object.insns.iterator().next(), type);
        int kept = keptIn(at, object, method, frames);
        return new WaitCall(
                type.isEmpty() ? Origins.ANY : type.iterator().next(),
                origins.isReceiver(object),
                others(frame, 0, below, object, origins),
                kept < 0 ? null : others(frame, kept, below, object, origins));
    }

    /** Types of what is in the frame from a place on, variables first and then the stack, and is not an object. */
    private static Set<String> others(
            Frame<SourceValue> frame, int from, int below, SourceValue object, Origins origins) {
        Set<String> others = new HashSet<>();
        for (int i = from; i < frame.getLocals() + below; i++) {
            SourceValue value = Origins.value(frame, i);
            if (!value.insns.equals(object.insns)) {
                value.insns.forEach(origin -> origins.addType(origin, others));
            }
        }
        return Set.copyOf(others);
    }

    /** The variable from which whoever leaves the call by an exception exits the monitor of a value, or -1. */
    private static int keptIn(int at, SourceValue object, MethodNode method, Frame<SourceValue>[] frames) {
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            boolean covers =
                    method.instructions.indexOf(block.start) <= at && at < method.instructions.indexOf(block.end);
            int kept = covers && block.type == null ? exited(block.handler) : -1;
            if (kept >= 0 && frames[at].getLocal(kept).insns.equals(object.insns)) {
                return kept;
            }
        }
        return -1;
    }

    /** The variable whose monitor a handler exits, or -1; such a handler changes no variable before. */
    static int exited(AbstractInsnNode handler) {
        for (AbstractInsnNode next = handler; next != null; next = next.getNext()) {
            if (next.getOpcode() == Opcodes.MONITOREXIT) {
                return next.getPrevious() instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD
                        ? load.var
                        : -1;
            }
            boolean passes = next.getOpcode() < 0 || next instanceof VarInsnNode;
            if (!passes) {
                return -1;
            }
        }
        return -1;
    }
}
