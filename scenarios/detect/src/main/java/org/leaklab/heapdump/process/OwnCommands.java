package org.leaklab.heapdump.process;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import javax.management.JMException;
import javax.management.ObjectName;

/** The commands of this JVM, by its management beans. Nothing is attached. */
public final class OwnCommands implements Commands {

    @Override
    public String dumpHeap(Path file) throws IOException {
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (vm == null) {
            throw new IOException("this JVM is no HotSpot JVM, so it writes no heap dumps with stacks");
        }
        vm.dumpHeap(file.toString(), true);
        return WRITTEN;
    }

    @Override
    public String run(String name, String... arguments) throws IOException {
        try {
            Object said = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            operation(name),
                            new Object[] {arguments},
                            new String[] {String[].class.getName()});
            return String.valueOf(said);
        } catch (JMException e) {
            throw new IOException("this JVM refuses " + name + ": " + e.getMessage(), e);
        }
    }

    /** {@code Thread.dump_to_file} is {@code threadDumpToFile}, {@code GC.heap_info} is {@code gcHeapInfo}. */
    private static String operation(String name) {
        StringBuilder operation = new StringBuilder();
        boolean first = true;
        for (String word : name.split("[._]")) {
            if (first) {
                operation.append(word.toLowerCase(Locale.ROOT));
            } else {
                operation.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
            first = false;
        }
        return operation.toString();
    }
}
