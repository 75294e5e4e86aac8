package org.leaklab.heapdump.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Spot.Slot;
import org.leaklab.heapdump.code.Spot.Value;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Finds the instructions of a line at which a frame may stand, with their references. */
final class Spots {

    private final MethodNode method;
    private final Origins origins;
    private final Frame<SourceValue>[] values;
    private final Frame<BasicValue>[] types;
    private final Live live;
    private final boolean ofReceiver;
    private final Set<AbstractInsnNode> given = new HashSet<>();
    private final Set<AbstractInsnNode> entered = new HashSet<>();
    private final List<Spot> spots = new ArrayList<>();
    private final List<Spot> ofCalled = new ArrayList<>();

    private Spots(MethodNode method, String owner) throws AnalyzerException {
        this.method = method;
        this.origins = new Origins(owner);
        this.values = new Analyzer<>(origins).analyze(owner, method);
        this.types = new Analyzer<>(new BasicInterpreter()).analyze(owner, method);
        this.live = new Live(method);
        this.ofReceiver = (method.access & (Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STATIC)) == Opcodes.ACC_SYNCHRONIZED;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                findGiven(method.instructions.get(i), values[i]);
            }
        }
    }

    /**
     * All spots of a line.
     *
     * @param called the name of the method that the frame calls, or empty: other calls count only if no such one is on
     *     the line. Null if the frame is about to enter a monitor
     */
    static List<Spot> of(MethodNode method, String owner, int line, @Nullable String called) throws AnalyzerException {
        Spots all = new Spots(method, owner);
        all.find(line, called);
        return all.ofCalled.isEmpty() ? all.spots : all.ofCalled;
    }

    /** Notes what leaves the method, and so cannot be taken apart, and what is entered, and so is not null. */
    private void findGiven(AbstractInsnNode instruction, Frame<SourceValue> frame) {
        int taken = switch (instruction.getOpcode()) {
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC, Opcodes.AASTORE, Opcodes.ARETURN, Opcodes.ATHROW -> 1;
            case Opcodes.MONITORENTER -> {
                entered.addAll(top(frame).insns);
                yield 0;
            }
            default -> Live.isCall(instruction) && !isConstructor(instruction) ? Live.taken(instruction) : 0;
        };
        for (int i = frame.getStackSize() - taken; i < frame.getStackSize(); i++) {
            given.addAll(frame.getStack(i).insns);
        }
    }

    private static boolean isConstructor(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && call.name.equals("<init>");
    }

    private void find(int line, @Nullable String called) {
        boolean enters = called == null;
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
                add(spots, i, 0, values[i].getLocal(0), false);
            }
            boolean isBlock = instruction.getOpcode() == Opcodes.MONITORENTER;
            if (enters && isBlock && (at == line || lineAfter(instruction, at) == line)) {
                add(spots, i, 1, top(values[i]), ofReceiver);
            } else if (!enters && at == line && Live.isCall(instruction)) {
                boolean isIt = instruction instanceof MethodInsnNode call && call.name.equals(called);
                add(isIt ? ofCalled : spots, i, Live.taken(instruction), null, ofReceiver);
            }
        }
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
     * Adds one place.
     *
     * @param to where
     * @param taken how many values the instruction has taken from the stack
     * @param wanted the value that it enters, or null for a call
     */
    private void add(List<Spot> to, int at, int taken, @Nullable SourceValue wanted, boolean receiverIsHeld) {
        Frame<SourceValue> frame = values[at];
        List<Slot> slots = new ArrayList<>();
        Map<Integer, Integer> ofVariable = new HashMap<>();
        int wantedSlot = -1;
        for (int i = 0; i < frame.getLocals() + frame.getStackSize() - taken; i++) {
            BasicValue type = i < frame.getLocals() ? types[at].getLocal(i) : types[at].getStack(i - frame.getLocals());
            if (!type.isReference()) {
                continue;
            }
            SourceValue value = Origins.value(frame, i);
            ofVariable.put(i, slots.size());
            if (wanted != null && value.insns.equals(wanted.insns)) {
                wantedSlot = slots.size();
            }
            slots.add(slot(value, i >= frame.getLocals() || live.isLiveAfter(at, i)));
        }
        if (wanted != null && wantedSlot < 0) {
            return; // what is entered is in no variable, as in code that no compiler of Java makes
        }
        List<Integer> held = held(at, ofVariable, receiverIsHeld);
        for (int i = 0; i < slots.size(); i++) {
            if ((i == wantedSlot || held.contains(i)) && slots.get(i).value() == Value.ANY) {
                slots.set(i, slots.get(i).thatIsNotNull());
            }
        }
        to.add(new Spot(List.copyOf(slots), wantedSlot, held));
    }

    private List<Integer> held(int at, Map<Integer, Integer> ofVariable, boolean receiverIsHeld) {
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
        return List.copyOf(held);
    }

    private Slot slot(SourceValue value, boolean isLive) {
        Set<String> of = new HashSet<>();
        boolean isNull = true;
        for (AbstractInsnNode origin : value.insns) {
            origins.addType(origin, of);
            isNull &= isNull(origin);
        }
        AbstractInsnNode only = value.insns.size() == 1 ? value.insns.iterator().next() : null;
        boolean made = only != null && only.getOpcode() == Opcodes.NEW;
        boolean never = origins.isReceiver(value) || made || only != null && entered.contains(only);
        return new Slot(
                value.insns,
                of.isEmpty() ? Set.of(Origins.ANY) : of,
                made,
                isLive,
                isNull ? Value.NULL : made && !given.contains(only) ? Value.OWN : never ? Value.OBJECT : Value.ANY);
    }

    private static boolean isNull(AbstractInsnNode origin) {
        return origin.getOpcode() == Opcodes.ACONST_NULL;
    }
}
