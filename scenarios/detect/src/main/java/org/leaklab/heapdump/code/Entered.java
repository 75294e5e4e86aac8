package org.leaklab.heapdump.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Which of the objects that a frame shows are monitors: what it has entered, and what it is about to enter.
 *
 * <p>The interpreter keeps all variables of a method, and a dump shows those that are not null, in their order, and
 * then the stack. So where a frame shows exactly as many objects as the method has references at one instruction of the
 * frame's line, and the same object where the method has the same value, each object has its variable. Compiled code
 * shows fewer. Where another instruction of the line could be it as well, nothing is said.
 *
 * @param wanted the object that is about to be entered, or -1
 * @param held the objects that were entered by blocks of the method, or by the method itself, the outermost first
 */
public record Entered(int wanted, List<Integer> held) {

    /** An instruction at which a frame may stand: where its references are, and which of them are monitors. */
    private record Place(List<Set<AbstractInsnNode>> references, int wanted, List<Integer> held) {

        boolean fits(int[] shown) {
            if (shown.length != references.size()) {
                return false;
            }
            Map<Set<AbstractInsnNode>, Integer> objects = new HashMap<>();
            for (int i = 0; i < shown.length; i++) {
                Integer before =
                        references.get(i).size() == 1 ? objects.putIfAbsent(references.get(i), shown[i]) : null;
                if (before != null && before != shown[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * What a frame shows of its monitors, or null if that cannot be told.
     *
     * @param shown the objects that the frame shows, in the order of the dump
     * @param enters whether the frame is about to enter a monitor; else it calls a method
     */
    static @Nullable Entered of(MethodNode method, String owner, int line, int[] shown, boolean enters) {
        List<Place> places;
        try {
            places = places(method, owner, line, enters);
        } catch (AnalyzerException e) {
            return null;
        }
        Set<Entered> found = new HashSet<>();
        for (Place place : places) {
            if (place.references().size() > shown.length) {
                return null; // compiled code may show fewer of them
            }
            if (place.fits(shown)) {
                found.add(new Entered(
                        place.wanted() < 0 ? -1 : shown[place.wanted()],
                        place.held().stream().map(i -> shown[i]).toList()));
            }
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    private static List<Place> places(MethodNode method, String owner, int line, boolean enters)
            throws AnalyzerException {
        Origins origins = new Origins(owner);
        Frame<SourceValue>[] values = new Analyzer<>(origins).analyze(owner, method);
        Frame<BasicValue>[] types = new Analyzer<>(new BasicInterpreter()).analyze(owner, method);
        boolean ofReceiver =
                (method.access & (Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STATIC)) == Opcodes.ACC_SYNCHRONIZED;
        List<Place> places = new ArrayList<>();
        int at = -1;
        boolean first = true;
        for (int i = 0; i < values.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            if (instruction instanceof LineNumberNode number) {
                at = number.line;
            }
            if (instruction.getOpcode() < 0 || values[i] == null || types[i] == null) {
                continue;
            }
            boolean isEntry = first && ofReceiver && enters;
            first = false;
            if (isEntry && at == line) {
                places.add(place(method, i, values[i], types[i], 0, values[i].getLocal(0), false));
            }
            boolean isBlock = instruction.getOpcode() == Opcodes.MONITORENTER;
            if (enters && isBlock && (at == line || lineAfter(instruction, at) == line)) {
                places.add(place(method, i, values[i], types[i], 1, top(values[i]), ofReceiver));
            } else if (!enters && at == line && Live.isCall(instruction)) {
                places.add(place(method, i, values[i], types[i], Live.taken(instruction), null, ofReceiver));
            }
        }
        return places;
    }

    /** The interpreter stands at the next instruction already while it waits to enter a monitor. */
    private static int lineAfter(AbstractInsnNode instruction, int line) {
        int at = line;
        for (AbstractInsnNode next = instruction.getNext();
                next != null && next.getOpcode() < 0;
                next = next.getNext()) {
            at = next instanceof LineNumberNode number ? number.line : at;
        }
        return at;
    }

    private static SourceValue top(Frame<SourceValue> frame) {
        return frame.getStack(frame.getStackSize() - 1);
    }

    /**
     * One place.
     *
     * @param taken how many values the instruction has taken from the stack
     * @param entered the value that it enters, or null for a call
     */
    private static Place place(
            MethodNode method,
            int at,
            Frame<SourceValue> values,
            Frame<BasicValue> types,
            int taken,
            @Nullable SourceValue entered,
            boolean receiverIsHeld) {
        List<Set<AbstractInsnNode>> references = new ArrayList<>();
        Map<Integer, Integer> ofVariable = new HashMap<>();
        int wanted = -1;
        for (int i = 0; i < values.getLocals() + values.getStackSize() - taken; i++) {
            BasicValue type = i < types.getLocals() ? types.getLocal(i) : types.getStack(i - types.getLocals());
            if (!type.isReference()) {
                continue;
            }
            SourceValue value = Origins.value(values, i);
            ofVariable.put(i, references.size());
            if (entered != null && value.insns.equals(entered.insns)) {
                wanted = references.size();
            }
            references.add(value.insns);
        }
        List<Integer> held = new ArrayList<>();
        if (receiverIsHeld && ofVariable.containsKey(0)) {
            held.add(ofVariable.get(0));
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            boolean covers =
                    method.instructions.indexOf(block.start) <= at && at < method.instructions.indexOf(block.end);
            int kept = covers && block.type == null ? WaitCall.exited(block.handler) : -1;
            Integer reference = kept < 0 ? null : ofVariable.get(kept);
            if (reference != null && !held.contains(reference)) {
                held.add(reference);
            }
        }
        return new Place(references, wanted, held);
    }
}
