package org.leaklab.exercise;

import java.util.HashSet;
import java.util.Set;
import org.leaklab.exercise.trial.Steps;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a call of {@link Steps} before each call of a learner's class that may block a thread or wake one: methods of
 * {@code java.util.concurrent}, of {@code Thread} and {@code Process}, {@code wait} and {@code notify}, and the entry
 * of {@code synchronized} blocks; before each write of a volatile field, and between the read and the write of a field
 * that one statement changes, such as {@code balance -= 10}: whatever else writes it meanwhile is lost then. Where the
 * target of the call is on top of the operand stack, or below one argument, the step gets it.
 */
final class StepCalls {

    private static final String STEPS = Type.getInternalName(Steps.class);
    private static final Set<String> OF_THREADS = Set.of("start", "join", "sleep", "interrupt");
    private static final Set<String> OF_OBJECTS = Set.of("wait", "notify", "notifyAll");
    private static final Set<String> EXITS = Set.of("exit", "halt");

    private StepCalls() {}

    static byte[] in(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Classes(writer), 0);
        return writer.toByteArray();
    }

    private static final class Classes extends ClassVisitor {

        private final Set<String> shared = new HashSet<>();
        private String type = "";

        Classes(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            type = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if ((access & Opcodes.ACC_VOLATILE) != 0) {
                shared.add(name); // the class file has all fields before the first method
            }
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new Methods(super.visitMethod(access, name, descriptor, signature, exceptions), type, shared, name);
        }
    }

    private static final class Methods extends MethodVisitor {

        private final String type;
        private final Set<String> shared;
        private final boolean isConstructor;

        /** The fields that this line has read so far. */
        private final Set<String> read = new HashSet<>();

        private int line;

        Methods(MethodVisitor next, String type, Set<String> shared, String name) {
            super(Opcodes.ASM9, next);
            this.type = type;
            this.shared = shared;
            this.isConstructor = name.startsWith("<");
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            boolean writes = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
            if (!writes) {
                read.add(owner + "." + name);
            } else if (owner.equals(type) && shared.contains(name)
                    || read.contains(owner + "." + name) && owner.indexOf('/') < 0 && !isConstructor) {
                step("before", "(I)V");
            }
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            read.clear();
            super.visitLineNumber(number, start);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (name.startsWith("start") && owner.startsWith("java/lang/Thread")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "starting", "()V", false);
            }
            if (EXITS.contains(name) && (owner.equals("java/lang/System") || owner.equals("java/lang/Runtime"))) {
                step("exit", "(I)V");
            } else if (owner.equals("java/util/concurrent/locks/LockSupport") && name.startsWith("park")) {
                step("park", "(I)V");
            } else if (mayBlock(owner, name, descriptor)) {
                Type[] arguments = Type.getArgumentTypes(descriptor);
                if (opcode == Opcodes.INVOKESTATIC || arguments.length > 1) {
                    step("before", "(I)V");
                } else if (arguments.length == 0) {
                    super.visitInsn(Opcodes.DUP);
                    step("on", "(Ljava/lang/Object;I)V");
                } else if (arguments[0].getSize() == 1) {
                    super.visitInsn(Opcodes.DUP2);
                    super.visitInsn(Opcodes.POP);
                    step("on", "(Ljava/lang/Object;I)V");
                } else {
                    step("before", "(I)V");
                }
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        private static boolean mayBlock(String owner, String name, String descriptor) {
            if (name.equals("<init>")) {
                return false;
            }
            return (owner.startsWith("java/util/concurrent/") && !owner.endsWith("/TimeUnit"))
                    || (owner.equals("java/lang/Thread") && OF_THREADS.contains(name))
                    || (OF_OBJECTS.contains(name) && descriptor.endsWith(")V"))
                    || (owner.equals("java/lang/Process") && name.equals("waitFor"));
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                super.visitInsn(Opcodes.DUP);
                super.visitInsn(Opcodes.DUP);
                step("enter", "(Ljava/lang/Object;I)V");
                super.visitInsn(opcode);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "entered", "(Ljava/lang/Object;)V", false);
            } else if (opcode == Opcodes.MONITOREXIT) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "leave", "(Ljava/lang/Object;)V", false);
                super.visitInsn(opcode);
            } else {
                super.visitInsn(opcode);
            }
        }

        private void step(String method, String descriptor) {
            if (line > Short.MAX_VALUE) {
                super.visitLdcInsn(line);
            } else {
                super.visitIntInsn(Opcodes.SIPUSH, line);
            }
            super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, method, descriptor, false);
        }
    }
}
