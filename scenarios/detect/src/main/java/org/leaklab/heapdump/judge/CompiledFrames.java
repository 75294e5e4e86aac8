package org.leaklab.heapdump.judge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.LiveValue;
import org.leaklab.heapdump.evidence.CompiledCode;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;

/**
 * What the stacks of threads hold and do not show. A compiled frame shows the variables that its method still uses, but
 * for objects that escape analysis has taken apart: of these a dump has nothing, and nothing of what they lead to. A
 * frame in the interpreter shows all variables that are not null, also those that are not used any more.
 *
 * <p>So a frame hides something if its method uses more references than the frame shows, unless those that are missing
 * are null. A frame that shows an object which none of the used references can be is one of the interpreter.
 */
final class CompiledFrames {

    private static final String ANYTHING = "java.lang.Object";

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    /** What a thread hides: objects of these types, which a hidden object can lead to. */
    private record Hidden(Set<String> types, boolean isUnreadable) {

        static final Hidden NOTHING = new Hidden(Set.of(), false);
    }

    private final Heap heap;
    private final DumpThreads threads;
    private final Bytecode bytecode;
    private final FrameUses uses;

    /** By index of the thread. */
    private final @Nullable Hidden[] known;

    private final TakenApart apart;

    /**
     * Of a dump.
     *
     * @param compiled which code was compiled at that time; null if that is not known, and any may be
     */
    CompiledFrames(Heap heap, DumpThreads threads, Bytecode bytecode, @Nullable CompiledCode compiled) {
        this.heap = heap;
        this.threads = threads;
        this.bytecode = bytecode;
        this.uses = new FrameUses(bytecode, compiled);
        this.apart = new TakenApart(bytecode);
        this.known = new @Nullable Hidden[threads.all().size()];
    }

    /** The types of which a thread may hold objects that its stack does not show, as far as class files tell. */
    Set<String> hiddenBy(DumpThread thread) {
        return of(thread).types;
    }

    /** Whether the stack of a thread has frames, other than the JDK's, and no class file says what they use. */
    boolean lacksClassFile(DumpThread thread) {
        return uses.of(thread.stack).lacksClassFile();
    }

    /** Whether a thread may hold an object and not show it. */
    boolean mayHide(DumpThread thread, int object) {
        Hidden hidden = of(thread);
        return hidden.isUnreadable || canBeOne(object, hidden.types);
    }

    /** Whether an object can be of one of some types. */
    boolean canBeOne(int object, Set<String> types) {
        if (types.isEmpty()) {
            return false;
        }
        DumpClass type = heap.classOf(object);
        return types.contains(ANYTHING)
                || type != null && !heap.isClass(object) && types.stream().anyMatch(of -> bytecode.canBe(type, of));
    }

    private Hidden of(DumpThread thread) {
        Hidden found = known[thread.index];
        if (found == null) {
            found = read(thread);
            known[thread.index] = found;
        }
        return found;
    }

    private Hidden read(DumpThread thread) {
        int[] shown = new int[thread.stack.size()];
        for (int i = threads.from(thread); i < threads.to(thread); i++) {
            if (threads.frame(i) >= 0 && threads.frame(i) < shown.length) {
                shown[threads.frame(i)]++;
            }
        }
        FrameUses.OfStack used = uses.of(thread.stack);
        if (!used.isUnreadable() && used.inHand().isEmpty() && used.fit(shown)) {
            return Hidden.NOTHING; // as of most threads
        }
        Set<String> types = new HashSet<>();
        Set<LiveValue> followed = new HashSet<>(); // a recursion hides the same in each frame
        for (LiveValue each : used.inHand()) {
            types.addAll(each.types());
            addWhatItLeadsTo(each, types);
        }
        for (int frame = 0; frame < shown.length; frame++) {
            for (List<LiveValue> each : used.frames().get(frame)) {
                if (each.size() > shown[frame]) {
                    hidden(each, threads.held(thread, frame, frame + 1), thread.stack, frame).stream()
                            .filter(followed::add)
                            .forEach(value -> addWhatItLeadsTo(value, types));
                }
            }
        }
        return types.isEmpty() && !used.isUnreadable()
                ? Hidden.NOTHING
                : new Hidden(Set.copyOf(types), used.isUnreadable());
    }

    /**
     * Those of the used references that may be hidden, where a frame shows fewer than are used. Both are in the order
     * of the variables. Only what may have been taken apart can be hidden; where all that are missing can be null, code
     * of synchronizers hides nothing.
     */
    private List<LiveValue> hidden(List<LiveValue> used, int[] shown, Stack stack, int frame) {
        Fit nulls = new Fit(used, shown);
        boolean canBeNulls = nulls.from(0, 0, false);
        if (canBeNulls && isOfSynchronizers(stack.get(frame))) {
            return List.of();
        }
        Fit all = new Fit(used, shown);
        return all.from(0, 0, true) // else it is the interpreter, which shows what is not used any more
                ? all.missing().stream()
                        .filter(value -> apart.mayBe(value, stack, frame))
                        .toList()
                : List.of();
    }

    /** The ways in which the objects that a frame shows are some of the references that it uses. */
    private final class Fit {

        private final List<LiveValue> used;
        private final int[] shown;
        private final boolean[] missing;
        private final Map<List<Object>, Boolean> tried = new HashMap<>();

        Fit(List<LiveValue> used, int[] shown) {
            this.used = used;
            this.shown = shown;
            this.missing = new boolean[used.size()];
        }

        /** Whether the objects from one on can be the references from another one on; notes all that are missing. */
        boolean from(int object, int value, boolean anythingMayMiss) {
            if (value == used.size()) {
                return object == shown.length;
            }
            List<Object> place = List.of(object, value, anythingMayMiss);
            Boolean known = tried.get(place);
            if (known != null) {
                return known;
            }
            boolean is = object < shown.length
                    && canBe(shown[object], used.get(value))
                    && from(object + 1, value + 1, anythingMayMiss);
            boolean misses = (anythingMayMiss || !used.get(value).isNeverNull())
                    && used.size() - value > shown.length - object
                    && from(object, value + 1, anythingMayMiss);
            missing[value] |= misses;
            tried.put(place, is || misses);
            return is || misses;
        }

        List<LiveValue> missing() {
            return IntStream.range(0, used.size())
                    .filter(i -> missing[i])
                    .mapToObj(used::get)
                    .toList();
        }
    }

    /** Code in which arguments are null where nothing is handed over, and that is given what threads share. */
    private static boolean isOfSynchronizers(Stacks.Frame frame) {
        return frame.isJdk()
                && (frame.type().startsWith("java.util.concurrent.")
                        || !frame.type().startsWith("java.util."));
    }

    private boolean canBe(int object, LiveValue value) {
        DumpClass type = heap.isClass(object) ? heap.classByName("java.lang.Class") : heap.classOf(object);
        return type == null
                || value.types().stream()
                        .anyMatch(declared ->
                                value.isExact() ? type.name().equals(declared) : bytecode.canBe(type, declared));
    }

    /**
     * Adds the types of the objects that a hidden one leads to: what a lambda has captured; else what its fields are
     * declared to be, and those of hidden objects in its fields. Of an interface nothing is known.
     */
    private void addWhatItLeadsTo(LiveValue value, Set<String> types) {
        Deque<String> more = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        if (value.captured() == null) {
            for (String name : value.types()) {
                List<DumpClass> exact = value.isExact() && !name.endsWith("[]") ? classes(name) : List.of();
                for (DumpClass type : exact) { // it has no subclass's fields
                    types.addAll(fieldTypes(type));
                    more.addAll(fieldTypes(type));
                }
                if (exact.isEmpty()) {
                    more.add(name);
                }
            }
        } else {
            types.addAll(value.captured());
            more.addAll(value.captured());
        }
        while (!more.isEmpty()) {
            String name = more.remove();
            DumpClass type = heap.classByName(name);
            if (!seen.add(name) || isLeaf(name)) {
                continue;
            }
            if (name.endsWith("[]")) {
                types.add(name.substring(0, name.length() - 2));
                more.add(name.substring(0, name.length() - 2));
            } else if (isOpen(type)) {
                types.add(ANYTHING);
                return;
            } else {
                heap.classes().stream()
                        .filter(of -> of.is(name) && !of.isArray())
                        .forEach(of -> {
                            List<String> fields = fieldTypes(of);
                            types.addAll(fields);
                            more.addAll(fields);
                        });
            }
        }
    }

    /** The classes of a name: each loader may have one. */
    private List<DumpClass> classes(String name) {
        if (heap.hasSeveral(name)) {
            return heap.classes().stream()
                    .filter(type -> type.name().equals(name))
                    .toList();
        }
        DumpClass type = heap.classByName(name);
        return type == null ? List.of() : List.of(type);
    }

    private List<String> fieldTypes(DumpClass type) {
        List<String> found = new ArrayList<>();
        for (DumpClass c = type; c != null && !c.name().equals(ANYTHING); c = c.superclass()) {
            List<String> declared = bytecode.fieldTypes(c);
            found.addAll(declared == null ? List.of(ANYTHING) : declared);
        }
        return found;
    }

    /** Whether a type says nothing of the fields that an object has. */
    private static boolean isOpen(@Nullable DumpClass type) {
        return type == null || !type.isNoInterface() || type.name().equals(ANYTHING);
    }

    private static boolean isLeaf(String type) {
        return type.equals("java.lang.String") || type.equals("java.lang.Class") || PRIMITIVES.contains(type);
    }
}
