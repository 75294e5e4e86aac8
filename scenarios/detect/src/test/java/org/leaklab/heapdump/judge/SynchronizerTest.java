package org.leaklab.heapdump.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The table has all classes of this JDK that park with a blocker. */
class SynchronizerTest {

    private static final int MAJOR_VERSION = 7;
    private static final byte JAVA_21 = 65;

    @Test
    void everyClassThatParksHasARow() throws IOException {
        Set<String> rows =
                Arrays.stream(Synchronizer.values()).map(row -> outer(row.type)).collect(Collectors.toSet());
        Set<String> parking = parking();
        assertThat(parking)
                .as("the search finds what is known to park")
                .contains("java.util.concurrent.LinkedTransferQueue", "java.util.concurrent.ForkJoinPool");
        assertThat(rows).containsAll(parking);
    }

    /** The outermost classes of java.base with code that names a blocker. */
    private static Set<String> parking() throws IOException {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[MAJOR_VERSION] = JAVA_21; // ASM may not know this JDK yet; calls look the same
                ClassReader type = new ClassReader(bytes);
                if (!type.getClassName().endsWith("locks/LockSupport") && namesABlocker(type)) {
                    found.add(outer(type.getClassName().replace('/', '.')));
                }
            }
        }
        return found;
    }

    private static boolean namesABlocker(ClassReader type) {
        boolean[] found = {false};
        type.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitMethodInsn(
                                    int opcode, String owner, String called, String shape, boolean isInterface) {
                                found[0] |= owner.equals("java/util/concurrent/locks/LockSupport")
                                        && (called.startsWith("park") || called.equals("setCurrentBlocker"))
                                        && shape.startsWith("(Ljava/lang/Object;");
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found[0];
    }

    private static String outer(String type) {
        int inner = type.indexOf('$');
        return inner < 0 ? type : type.substring(0, inner);
    }
}
