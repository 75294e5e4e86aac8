package org.leaklab.timeline;

import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts calls of {@link Recorder} before and behind each call of a class that may block a thread or wake one: methods of
 * {@code java.util.concurrent}, of leaklab's core, of {@code Thread}, {@code Object} and {@code Process}, of sockets
 * and streams, and the entry of {@code synchronized} blocks.
 */
final class RecordedCalls {

    private static final String RECORDER = Type.getInternalName(Recorder.class);
    private static final String JUC = "java/util/concurrent/";
    private static final String CORE = "org/leaklab/core/";
    private static final Set<String> OF_THREADS = Set.of("start", "join", "sleep", "interrupt");
    private static final Set<String> OF_OBJECTS = Set.of("wait", "notify", "notifyAll");
    private static final Set<String> OF_STREAMS = Set.of(
            "accept", "read", "readLine", "readAllBytes", "write", "transferTo", "flush", "close", "send", "sendAsync");

    /** Types that neither block nor wake, and those whose threads the launcher tells of. */
    private static final Set<String> LEFT_OUT = Set.of(
            JUC + "TimeUnit",
            JUC + "Executors",
            JUC + "ThreadLocalRandom",
            CORE + "Launcher",
            CORE + "Launched",
            CORE + "Received",
            CORE + "ThreadKind");

    /** Methods that only make or name something. */
    private static final Set<String> MAKE = Set.of(
            "<init>", "of", "background", "unbuffered", "buffered", "readLock", "writeLock", "newCondition", "context");

    private RecordedCalls() {}

    static byte[] in(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Methods(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Methods extends MethodVisitor {

        private int line;

        Methods(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            super.visitLineNumber(number, start);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (!isRecorded(owner, name)) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            String call = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.') + "." + name;
            record("calls", call);
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            record("back", call);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                record("calls", "synchronized");
                super.visitInsn(opcode);
                record("back", "synchronized");
            } else {
                super.visitInsn(opcode);
            }
        }

        private void record(String event, String call) {
            super.visitLdcInsn(call);
            super.visitLdcInsn(line);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, RECORDER, event, "(Ljava/lang/String;I)V", false);
        }
    }

    private static boolean isRecorded(String owner, String name) {
        if (MAKE.contains(name) || LEFT_OUT.contains(owner)) {
            return false;
        }
        if (owner.startsWith(JUC)) {
            return !owner.startsWith(JUC + "atomic/")
                    && !owner.endsWith("Exception")
                    && (!owner.endsWith("Map") || name.startsWith("compute"));
        }
        if (owner.startsWith("java/io/") || owner.startsWith("java/net/")) {
            return OF_STREAMS.contains(name);
        }
        return switch (owner) {
            case "java/lang/Thread" -> OF_THREADS.contains(name);
            case "java/lang/Process" -> name.equals("waitFor");
            case "org/leaklab/scenario/Threads" -> name.equals("awaitOthers");
            default -> owner.startsWith(CORE) || owner.startsWith("org/leaklab/pattern/") || OF_OBJECTS.contains(name);
        };
    }
}
