package org.leaklab.heapdump.code;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.Stacks;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which monitors a method can have entered. */
public enum Enters {
    /** None: it is not {@code synchronized} and has no {@code monitorenter} in it. */
    NONE,
    /** Those of blocks. Whoever is in a block needs its monitor to leave it, so compiled code keeps it. */
    OF_BLOCKS,
    /** The object that it was called on, which compiled code drops, and those of blocks. */
    OF_RECEIVER,
    /** That of its class, which no frame shows, and those of blocks. */
    OF_CLASS;

    private static final Set<String> BEGINNINGS = Set.of(
            "java.lang.Thread",
            "java.lang.VirtualThread",
            "jdk.internal.vm.Continuation",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ThreadPoolExecutor$Worker",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.Executors$RunnableAdapter",
            "java.util.concurrent.CompletableFuture$AsyncRun",
            "java.util.concurrent.CompletableFuture$AsyncSupply");

    /**
     * What the name of a frame's method says, or null: the body of a lambda cannot be declared {@code synchronized},
     * and what calls it, or what the JDK begins threads and tasks with, enters no monitor.
     */
    static @Nullable Enters byName(Stacks.Frame frame) {
        if (frame.method().startsWith("lambda$")) {
            return OF_BLOCKS;
        }
        boolean begins = frame.type().contains("$$Lambda")
                || frame.type().startsWith("java.lang.VirtualThread$")
                || (BEGINNINGS.contains(frame.type())
                        && (frame.method().startsWith("run")
                                || frame.method().startsWith("enter")
                                || frame.method().equals("call")));
        return begins ? NONE : null;
    }

    /** What a method can have entered as its class file has it, or null if that says nothing. */
    static @Nullable Enters of(MethodNode method) {
        if ((method.access & Opcodes.ACC_NATIVE) != 0) { // native code may enter what it likes
            return null;
        }
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            return (method.access & Opcodes.ACC_STATIC) != 0 ? OF_CLASS : OF_RECEIVER;
        }
        Enters found = NONE;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                if (!isOfAVariable(instruction)) {
                    return null;
                }
                found = OF_BLOCKS;
            }
        }
        return found;
    }

    /** Whether what is entered was just put into a variable or taken from one, as compilers do to leave it later. */
    private static boolean isOfAVariable(AbstractInsnNode monitorenter) {
        AbstractInsnNode before = monitorenter.getPrevious();
        while (before != null && before.getOpcode() < 0) { // a label or a line
            before = before.getPrevious();
        }
        return before != null && (before.getOpcode() == Opcodes.ASTORE || before.getOpcode() == Opcodes.ALOAD);
    }
}
