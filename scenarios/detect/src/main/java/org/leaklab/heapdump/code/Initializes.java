package org.leaklab.heapdump.code;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The classes that a line of code needs to be initialized. */
final class Initializes {

    private Initializes() {}

    /** Their names, as source code has them. */
    static Set<String> on(int line, MethodNode method) {
        Set<String> found = new HashSet<>();
        int at = -1;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                at = number.line;
            } else if (at == line) {
                add(instruction, found);
            }
        }
        return found;
    }

    private static void add(AbstractInsnNode instruction, Set<String> found) {
        String type = switch (instruction.getOpcode()) {
            case Opcodes.NEW -> ((TypeInsnNode) instruction).desc;
            case Opcodes.GETSTATIC, Opcodes.PUTSTATIC -> ((FieldInsnNode) instruction).owner;
            case Opcodes.INVOKESTATIC -> ((MethodInsnNode) instruction).owner;
            default -> "";
        };
        if (!type.isEmpty()) {
            found.add(type.replace('/', '.'));
        }
    }
}
