package org.leaklab.heapdump.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/**
 * What is read of a class file: one method, the fields of instances, and the interfaces. A class file may come from
 * anybody, so it may be nested without end, or no class file at all: then nothing is read.
 */
final class ClassFile {

    /** A version that ASM reads whatever its own age is; later ones have had nothing new that is asked for here. */
    private static final int VERSION = Opcodes.V21;

    private static final int VERSION_AT = 7;

    private static final Set<String> OF_OBJECT =
            Set.of("equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;");

    /** The names of its fields, but for static ones, in the order of the file. */
    final List<String> fields = new ArrayList<>();

    /** The types of those that are references, as source code has them. */
    final List<String> fieldTypes = new ArrayList<>();

    /** The interfaces that it declares to implement. */
    final List<String> interfaces = new ArrayList<>();

    /** How many abstract methods it declares, without those that {@code Object} has. */
    int abstractMethods;

    /** The method that was asked for, or null. */
    @Nullable
    MethodNode method;

    private ClassFile() {}

    /**
     * Reads a method of a class file, or null if that is none.
     *
     * @param name of the method, and its descriptor; empty for none
     */
    static @Nullable ClassFile read(byte[] file, String name) {
        ClassFile read = new ClassFile();
        return accept(file, read.new Visitor(name), name.isEmpty() ? ClassReader.SKIP_CODE : ClassReader.SKIP_FRAMES)
                ? read
                : null;
    }

    /** Shows a class file to a visitor; false if it is none. */
    static boolean accept(byte[] file, ClassVisitor visitor, int options) {
        if (file.length <= VERSION_AT) {
            return false;
        }
        byte[] lowered = file.clone();
        lowered[VERSION_AT - 1] = 0;
        lowered[VERSION_AT] = (byte) Math.min(file[VERSION_AT] & 0xff, VERSION);
        try {
            new ClassReader(lowered).accept(visitor, options);
            return true;
        } catch (RuntimeException e) { // the reader checks nothing, but for how deep things are nested
            return false;
        }
    }

    private final class Visitor extends ClassVisitor {

        private final String wanted;

        Visitor(String wanted) {
            super(Opcodes.ASM9);
            this.wanted = wanted;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] implemented) {
            for (String one : implemented == null ? new String[0] : implemented) {
                interfaces.add(one.replace('/', '.'));
            }
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String type, @Nullable String signature, @Nullable Object value) {
            if ((access & Opcodes.ACC_STATIC) == 0) {
                fields.add(name);
                Type of = Type.getType(type);
                if (of.getSort() >= Type.ARRAY) {
                    fieldTypes.add(of.getClassName());
                }
            }
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & Opcodes.ACC_ABSTRACT) != 0 && !OF_OBJECT.contains(name + descriptor)) {
                abstractMethods++;
            }
            if (!wanted.equals(name + descriptor)) {
                return null;
            }
            method = new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions);
            return method;
        }
    }
}
