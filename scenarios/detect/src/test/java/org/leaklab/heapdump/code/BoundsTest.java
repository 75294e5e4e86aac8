package org.leaklab.heapdump.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;

/** What somebody has made to be read at great length is not read, or it is read soon. */
@Timeout(60)
class BoundsTest {

    private static final Entered.Types ANYTHING = new Entered.Types() {

        @Override
        public boolean canBe(int object, String type) {
            return true;
        }

        @Override
        public boolean is(int object, String type) {
            return true;
        }
    };

    private static final Duration SOON = Duration.ofSeconds(20);

    private static byte[] classFile(int maxStack, int maxLocals, Consumer<MethodVisitor> code) {
        ClassWriter type = new ClassWriter(0);
        type.visit(Opcodes.V1_6, Opcodes.ACC_PUBLIC, "Hostile", null, "java/lang/Object", null);
        MethodVisitor method = type.visitMethod(Opcodes.ACC_STATIC, "run", "()V", null, null);
        method.visitCode();
        code.accept(method);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(maxStack, maxLocals);
        method.visitEnd();
        type.visitEnd();
        return type.toByteArray();
    }

    /** Reads and analyses a method as it is done for a dump; returns whether it is analysed at all. */
    private static boolean isAnalysed(byte[] file) {
        return isAnalysed(file, "run()V");
    }

    private static boolean isAnalysed(byte[] file, String name) {
        long began = System.nanoTime();
        ClassFile read = ClassFile.read(file, name);
        boolean analysed = read != null && read.method != null && new Bounds().mayAnalyse(read.method);
        if (analysed) {
            MethodNode method = read.method;
            try {
                new Analyzer<>(new BasicInterpreter()).analyze("Hostile", method);
                new Analyzer<>(new Origins("Hostile")).analyze("Hostile", method);
            } catch (AnalyzerException e) {
                // it says so, soon
            }
            Live.at(method, "Hostile", -1, "");
            for (int line : lines(method)) {
                WaitCall.on(line, method, "Hostile");
                Origins.besideReceiver(line, method, "Hostile");
                Entered.of(method, "Hostile", line, new int[0], null, ANYTHING);
                Entered.of(method, "Hostile", line, new int[0], "", ANYTHING);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        return analysed;
    }

    private static int[] lines(MethodNode method) {
        return Stream.of(method.instructions.toArray())
                .filter(LineNumberNode.class::isInstance)
                .mapToInt(number -> ((LineNumberNode) number).line)
                .distinct()
                .toArray();
    }

    private static void nops(MethodVisitor method, int count) {
        for (int i = 0; i < count; i++) {
            method.visitInsn(Opcodes.NOP);
        }
    }

    @Test
    void anOrdinaryMethodIsAnalysed() {
        assertThat(isAnalysed(classFile(10, 10, method -> nops(method, 1000)))).isTrue();
    }

    @Test
    void manyHandlersAreNot() {
        assertThat(isAnalysed(classFile(1, 1, method -> {
                    Label start = new Label();
                    Label end = new Label();
                    Label handler = new Label();
                    for (int i = 0; i < 60_000; i++) {
                        method.visitTryCatchBlock(start, end, handler, null);
                    }
                    method.visitLabel(start);
                    nops(method, 1000);
                    method.visitLabel(end);
                    method.visitInsn(Opcodes.RETURN);
                    method.visitLabel(handler);
                    method.visitInsn(Opcodes.POP);
                })))
                .isFalse();
    }

    @Test
    void manyVariablesAreNot() {
        assertThat(isAnalysed(classFile(65_535, 65_535, method -> nops(method, 50_000))))
                .isFalse();
    }

    /** Each jumps to the one before it, so that what is live there goes through all, one by one. */
    @Test
    void manyJumpsBackAreNot() {
        assertThat(isAnalysed(classFile(1, 1, method -> {
                    List<Label> labels = new ArrayList<>();
                    for (int i = 0; i <= 10_000; i++) {
                        labels.add(new Label());
                    }
                    for (int i = 1; i <= 10_000; i++) {
                        method.visitLabel(labels.get(i));
                        method.visitJumpInsn(Opcodes.GOTO, labels.get(i - 1));
                    }
                    method.visitLabel(labels.getFirst());
                })))
                .isFalse();
    }

    @Test
    void sharedCodeIsNot() {
        assertThat(isAnalysed(classFile(1, 1, method -> {
                    Label shared = new Label();
                    method.visitJumpInsn(Opcodes.JSR, shared);
                    method.visitInsn(Opcodes.RETURN);
                    method.visitLabel(shared);
                    method.visitVarInsn(Opcodes.ASTORE, 0);
                    method.visitVarInsn(Opcodes.RET, 0);
                })))
                .isFalse();
    }

    /** A variable that may come from each of many stores, in a loop. */
    @Test
    void valuesOfManyOriginsEndSoon() {
        isAnalysed(classFile(2, 200, method -> {
            Label loop = new Label();
            method.visitLabel(loop);
            for (int i = 0; i < 3000; i++) {
                Label next = new Label();
                method.visitInsn(Opcodes.ICONST_0);
                method.visitJumpInsn(Opcodes.IFEQ, next);
                method.visitInsn(Opcodes.ACONST_NULL);
                method.visitVarInsn(Opcodes.ASTORE, i % 200);
                method.visitLabel(next);
            }
            method.visitInsn(Opcodes.ICONST_0);
            method.visitJumpInsn(Opcodes.IFEQ, loop);
        }));
    }

    @Test
    void aTypeThatIsNoneIsNot() {
        assertThat(isAnalysed(classFile(
                        1, 1, method -> method.visitFieldInsn(Opcodes.GETSTATIC, "Hostile", "field", "no type"))))
                .isFalse();
        assertThat(isAnalysed(classFile(
                        1, 1, method -> method.visitMethodInsn(Opcodes.INVOKESTATIC, "Hostile", "call", "(((", false))))
                .isFalse();
    }

    @Test
    void aDumpHasOneShareForAllMethods() {
        ClassFile read = ClassFile.read(classFile(20, 20, method -> nops(method, 20_000)), "run()V");
        assertThat(read).isNotNull();
        assertThat(read.method).isNotNull();
        Bounds bounds = new Bounds();
        int analysed = 0;
        while (bounds.mayAnalyse(read.method)) {
            analysed++;
        }
        assertThat(analysed).isBetween(10, 1000);
    }

    /** Each byte is changed: the class file is read or it is not, and nothing else happens. */
    @Test
    @Tag("once")
    @Timeout(300)
    void aDamagedClassFileIsReadOrNot() throws Exception {
        byte[] whole;
        try (InputStream in = Loaded.class.getResourceAsStream("Loaded$Waiter.class")) {
            whole = in.readAllBytes();
        }
        int read = 0;
        for (int i = 0; i < whole.length; i++) {
            for (int value : new int[] {0, 0xff}) {
                byte[] damaged = whole.clone();
                damaged[i] = (byte) value;
                for (String method : List.of("run()V", "enter(Ljava/lang/Object;)V", "waitFor(Ljava/lang/Object;)V")) {
                    read += isAnalysed(damaged, method) ? 1 : 0;
                }
            }
        }
        assertThat(read).isPositive();
    }

    /** An annotation in an annotation, and so on: the reader goes down into each. */
    @Test
    void whatIsNestedWithoutEndIsNoClassFile() {
        ClassWriter type = new ClassWriter(0);
        type.visit(Opcodes.V21, Opcodes.ACC_PUBLIC, "Hostile", null, "java/lang/Object", null);
        Deque<AnnotationVisitor> nested = new ArrayDeque<>();
        nested.push(type.visitAnnotation("LNested;", true));
        for (int i = 0; i < 300_000; i++) {
            nested.push(nested.element().visitAnnotation("n", "LNested;"));
        }
        nested.forEach(AnnotationVisitor::visitEnd);
        type.visitEnd();
        assertThat(ClassFile.read(type.toByteArray(), "run()V")).isNull();
    }
}
