package org.leaklab.heapdump.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.Planted;
import org.leaklab.heapdump.RunningJvm;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.Roots;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.testing.ChildJvm;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.GCRoot;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.JavaFrameGCRoot;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;
import org.netbeans.lib.profiler.heap.ThreadObjectGCRoot;

/**
 * Our parser and that of NetBeans see the same in the dumps of a dozen JVMs: the same objects of the same classes, the
 * same references between them, the same roots, and the same stacks.
 */
@Tag("once")
class SecondParserTest {

    @TempDir
    Path directory;

    private Heap ours;
    private org.netbeans.lib.profiler.heap.Heap theirs;

    static Stream<Arguments> jvms() {
        List<String> compiled = List.of("-Xcomp", "-XX:TieredStopAtLevel=1");
        List<String> interpreted = List.of();
        return Stream.of(
                        List.of("-XX:+UseG1GC"),
                        List.of("-XX:+UseParallelGC"),
                        List.of("-XX:+UseSerialGC"),
                        List.of("-XX:+UseZGC"),
                        List.of("-XX:+UseSerialGC", "-XX:-UseCompressedOops"),
                        List.of("-XX:+UseG1GC", "-XX:-UseCompressedOops"))
                .flatMap(collector -> Stream.of(
                        Arguments.of(collector, collector.size() == 1 ? interpreted : compiled, ThreadKind.PLATFORM),
                        Arguments.of(collector, collector.size() == 1 ? compiled : interpreted, ThreadKind.VIRTUAL)));
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void bothSeeTheSame(List<String> collector, List<String> mode, ThreadKind kind) throws Exception {
        assumeTrue(
                kind == ThreadKind.PLATFORM || Runtime.version().feature() >= 22,
                "this JDK's dumps do not show virtual threads");
        List<String> options = new ArrayList<>(collector);
        options.addAll(mode);
        options.add("-Xmx256m");
        Path dump = directory.resolve("kept.hprof");
        try (ChildJvm program = ChildJvm.start(options, Planted.class, kind.name());
                RunningJvm running = RunningJvm.attach(program.pid(), directory)) {
            Files.move(running.dump(), dump);
        }
        ours = HeapLoader.load(DumpFile.open(dump, (doing, done, all) -> {}), Set.of(), type -> 0, (a, b, c) -> {});
        theirs = HeapFactory.createHeap(dump.toFile());

        objects();
        roots();
        stacks();
    }

    /**
     * All that are no classes. Their iterator of all instances stumbles over the roots of virtual threads, so theirs
     * are asked for one by one, and then counted.
     */
    private void objects() {
        long objects = 0;
        long references = 0;
        Fields fields = new Fields(ours);
        for (int number = 0; number < ours.size(); number++) {
            if (ours.isClass(number)) {
                continue;
            }
            Instance instance = theirs.getInstanceByID(id(number));
            assertThat(instance).as("object %d", id(number)).isNotNull();
            objects++;
            DumpClass type = ours.classOf(number);
            if (type != null) {
                assertThat(type.name()).isEqualTo(instance.getJavaClass().getName());
            }
            Map<String, List<Long>> found = theirReferences(instance);
            assertThat(ourReferences(number, fields))
                    .as("what %s leads to", ours.typeName(number))
                    .isEqualTo(found);
            references += found.size();
        }
        assertThat(objects).isGreaterThan(10_000);
        assertThat(objects).isEqualTo(theirs.getSummary().getTotalLiveInstances());
        assertThat(references).isGreaterThan(10_000);
        classes(fields);
    }

    private void classes(Fields fields) {
        int classes = 0;
        for (Object each : theirs.getAllClasses()) {
            JavaClass type = (JavaClass) each;
            DumpClass own = ours.classById(type.getJavaClassId());
            if (own == null) {
                continue; // of an array of primitives
            }
            classes++;
            assertThat(own.name()).isEqualTo(type.getName());
            JavaClass above = type.getSuperClass();
            assertThat(own.superclass() == null ? null : own.superclass().name())
                    .isEqualTo(above == null ? null : above.getName());
            Instance loader = type.getClassLoader();
            assertThat(own.loaderId()).isEqualTo(loader == null ? 0 : loader.getInstanceId());
            for (Object value : type.getStaticFieldValues()) {
                if (value instanceof ObjectFieldValue reference && !isOfTheJvm(reference)) {
                    int held = fields.staticReference(own, reference.getField().getName());
                    assertThat(held)
                            .as("%s.%s", own.name(), reference.getField().getName())
                            .isEqualTo(number(reference.getInstance()));
                }
            }
        }
        assertThat(classes).isGreaterThan(400);
    }

    /** They show the loader of a class, its signers and the like as static fields. */
    private static boolean isOfTheJvm(ObjectFieldValue value) {
        return value.getField().getName().startsWith("<");
    }

    private int number(@Nullable Instance instance) {
        return instance == null ? -1 : ours.find(instance.getInstanceId());
    }

    private static Map<String, List<Long>> theirReferences(Instance instance) {
        Map<String, List<Long>> references = new TreeMap<>();
        if (instance instanceof ObjectArrayInstance array) {
            for (Object element : array.getValues()) {
                if (element instanceof Instance held) {
                    add(references, "[]", held.getInstanceId());
                }
            }
            return references;
        }
        for (Object value : instance.getFieldValues()) {
            if (value instanceof ObjectFieldValue reference && reference.getInstance() != null) {
                add(
                        references,
                        ((FieldValue) value).getField().getName(),
                        reference.getInstance().getInstanceId());
            }
        }
        return references;
    }

    private static void add(Map<String, List<Long>> references, String field, long id) {
        references.computeIfAbsent(field, unused -> new ArrayList<>()).add(id);
        references.get(field).sort(null);
    }

    /** All references of an object, those too that keep nothing alive. */
    private Map<String, List<Long>> ourReferences(int number, Fields fields) {
        Map<String, List<Long>> references = new TreeMap<>();
        DumpClass type = ours.classOf(number);
        if (ours.tag(number) == org.leaklab.heapdump.hprof.Tag.OBJECT_ARRAY) {
            for (int element : fields.elements(number)) {
                add(references, "[]", id(element));
            }
        } else if (type != null) {
            type.eachField((declaring, name, valueType, offset) -> {
                long id = valueType == org.leaklab.heapdump.hprof.Tag.OBJECT
                        ? ours.reader().id(ours.contents(number) + offset)
                        : 0;
                if (ours.find(id) >= 0) {
                    add(references, ours.names().get(name), id);
                }
            });
        }
        return references;
    }

    private long id(int number) {
        return ours.reader().id(ours.position(number) + 1);
    }

    private void roots() {
        Roots roots = ours.roots();
        Map<Long, Integer> held = new HashMap<>();
        for (int i = 0; i < roots.held(); i++) {
            if (roots.heldIn(i) >= 0) {
                held.merge(roots.heldId(i), 1, Integer::sum);
            }
        }
        Map<Long, Integer> inFrames = new HashMap<>();
        int others = 0;
        for (Object each : (Collection<?>) theirs.getGCRoots()) {
            GCRoot root = (GCRoot) each;
            long id = root.getInstance().getInstanceId();
            if (root instanceof JavaFrameGCRoot frame && frame.getFrameNumber() >= 0) {
                inFrames.merge(id, 1, Integer::sum);
            } else if (GCRoot.STICKY_CLASS.equals(root.getKind()) || GCRoot.JNI_GLOBAL.equals(root.getKind())) {
                others++;
            }
        }
        assertThat(held).isNotEmpty().isEqualTo(inFrames);
        int our = 0;
        for (int i = 0; i < roots.count(); i++) {
            our += ours.find(roots.id(i)) >= 0 ? 1 : 0;
        }
        assertThat(others).isPositive().isLessThanOrEqualTo(our);
    }

    private void stacks() {
        Roots roots = ours.roots();
        Map<Long, List<StackTraceElement>> stacks = new HashMap<>();
        for (int i = 0; i < roots.threads(); i++) {
            stacks.put(
                    roots.threadId(i),
                    ours.stacks().get(roots.trace(i)).frames().stream()
                            .map(Stacks.Frame::element)
                            .toList());
        }
        Map<Long, List<StackTraceElement>> their = new HashMap<>();
        for (Object each : (Collection<?>) theirs.getGCRoots()) {
            if (each instanceof ThreadObjectGCRoot thread) {
                StackTraceElement[] stack = thread.getStackTrace();
                their.put(thread.getInstance().getInstanceId(), stack == null ? List.of() : Arrays.asList(stack));
            }
        }
        assertThat(stacks.keySet()).hasSizeGreaterThan(20).isEqualTo(their.keySet());
        stacks.forEach((thread, stack) -> assertThat(texts(stack)).isEqualTo(texts(their.get(thread))));
    }

    private static List<String> texts(List<StackTraceElement> stack) {
        return stack.stream()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .toList();
    }
}
