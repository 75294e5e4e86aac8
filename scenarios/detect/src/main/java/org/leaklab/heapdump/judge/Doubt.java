package org.leaklab.heapdump.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;

/** A way in which something alive may lead to an object, and that no dump shows. */
interface Doubt {

    /** What it is, for people. */
    String why();

    /** Learns that a thread goes on. */
    default void goesOn(DumpThread thread) {}

    /** Whether there is anything in this process that it could come from. */
    default boolean applies(IntPredicate isAlive) {
        return true;
    }

    /** Whether it may lead to an object that nothing shown leads to. */
    boolean mayLeadTo(int object);

    /** All that are known; each {@code Marking} needs its own. */
    static List<Doubt> all(Heap heap, ThreadWaits waits, CompiledFrames frames) {
        return List.of(
                new OfFrames(frames), new OfStrings(heap, waits), new OfHiddenClasses(heap), new OfContinuations(heap));
    }

    /** Code uses an object that it has taken apart, or has in its hand. */
    final class OfFrames implements Doubt {

        private final CompiledFrames frames;
        private final Set<String> types = new HashSet<>();

        OfFrames(CompiledFrames frames) {
            this.frames = frames;
        }

        @Override
        public String why() {
            return "the code of a thread that goes on may use what it waits on without showing it";
        }

        @Override
        public void goesOn(DumpThread thread) {
            types.addAll(frames.hiddenBy(thread));
        }

        @Override
        public boolean applies(IntPredicate isAlive) {
            return !types.isEmpty();
        }

        @Override
        public boolean mayLeadTo(int object) {
            return frames.canBeOne(object, types);
        }
    }

    /** Code that has an equal string gets the interned one from a table of the JVM, which is in no dump. */
    final class OfStrings implements Doubt {

        /** The strings that threads wait on. */
        private final Set<Integer> strings = new HashSet<>();

        OfStrings(Heap heap, ThreadWaits waits) {
            DumpClass string = heap.classByName("java.lang.String");
            waits.candidates().forEach(thread -> {
                int[] objects =
                        waits.of(thread).what() instanceof Wait.Reached reached ? reached.objects() : new int[0];
                for (int object : objects) {
                    if (string != null && heap.classOf(object) == string && !heap.isClass(object)) {
                        strings.add(object);
                    }
                }
            });
        }

        @Override
        public boolean applies(IntPredicate isAlive) {
            return !strings.isEmpty();
        }

        @Override
        public String why() {
            return "it waits on a string, which may be interned: code that has an equal string gets the same object";
        }

        @Override
        public boolean mayLeadTo(int object) {
            return strings.contains(object);
        }
    }

    /** A hidden class can have an object as its class data, in a field that dumps do not have. */
    final class OfHiddenClasses implements Doubt {

        /**
         * Lambdas, what calls methods that ask for their caller, what chooses the case of a switch, joins strings or
         * compares records: none of them has class data of others.
         */
        private static final List<String> MADE_BY_THE_JDK = List.of(
                "$$Lambda",
                "$$InjectedInvoker",
                "$$TypeSwitch",
                "$$StringConcat",
                "Specializer+0x",
                "Specializer/0x",
                "jdk.MHProxy");

        private final List<DumpClass> hidden;
        private String example = "";

        OfHiddenClasses(Heap heap) {
            hidden = heap.classes().stream()
                    .filter(type -> type.isHidden() && type.loaderId() != 0)
                    .filter(type -> MADE_BY_THE_JDK.stream().noneMatch(type.name()::contains))
                    .toList();
        }

        @Override
        public String why() {
            return "a hidden class, such as " + Printable.of(example)
                    + ", may have it as class data, which the dump does not show";
        }

        @Override
        public boolean applies(IntPredicate isAlive) {
            for (DumpClass type : hidden) {
                if (type.number() >= 0 && isAlive.test(type.number())) {
                    example = type.name();
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean mayLeadTo(int object) {
            return true;
        }
    }

    /** A continuation that belongs to no thread has a stack, and no dump shows it. */
    final class OfContinuations implements Doubt {

        private final Heap heap;
        private final Fields fields;

        OfContinuations(Heap heap) {
            this.heap = heap;
            this.fields = new Fields(heap);
        }

        @Override
        public String why() {
            return "a continuation that belongs to no thread may hold it on its stack, which the dump does not show";
        }

        @Override
        public boolean applies(IntPredicate isAlive) {
            for (int object : heap.listed()) {
                DumpClass type = heap.classOf(object);
                if (type != null
                        && Role.of(type) == Role.CONTINUATION
                        && fields.isSet(object, "tail")
                        && !fields.flag(object, "done")
                        && isAlive.test(object)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean mayLeadTo(int object) {
            return true;
        }
    }
}
