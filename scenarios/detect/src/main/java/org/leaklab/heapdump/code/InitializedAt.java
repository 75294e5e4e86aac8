package org.leaklab.heapdump.code;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Which classes the instructions of a line initialize, where nobody has done so: those of JVMS 5.5. */
final class InitializedAt {

    private InitializedAt() {}

    /** The names of the classes, as source code has them, without the class of the method itself. */
    static Set<String> line(int line, MethodNode method, String owner) {
        Set<String> found = new HashSet<>();
        int at = -1;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                at = number.line;
            } else if (at == line) {
                String type = of(instruction);
                if (type != null && !type.equals(owner)) {
                    found.add(Type.getObjectType(type).getClassName());
                }
            }
        }
        return found;
    }

    private static @Nullable String of(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.NEW -> ((TypeInsnNode) instruction).desc;
            case Opcodes.INVOKESTATIC -> ((MethodInsnNode) instruction).owner;
            case Opcodes.GETSTATIC, Opcodes.PUTSTATIC -> ((FieldInsnNode) instruction).owner;
            default -> null;
        };
    }
}
