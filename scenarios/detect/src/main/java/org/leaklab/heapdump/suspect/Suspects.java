package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.Sources;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.Judgement;

/** Finds the threads of a dump that may be stuck, with the strongest suspicion of each. */
public final class Suspects {

    private Suspects() {}

    /**
     * The suspects, in the order of the dump. None where virtual threads have no stack: they may hold what others wait
     * for. Leaked threads and those that cannot be judged are no suspects.
     *
     * @param sources where class files may be read from
     */
    public static List<Suspect> of(Heap heap, Sources sources, Judgement judgement) {
        if (judgement.stackless() > 0) {
            return List.of();
        }
        Scene scene = new Scene(heap, judgement);
        Map<DumpThread, Suspect> found = new HashMap<>();
        try (Bytecode bytecode = new Bytecode(heap, sources)) {
            add(found, new NoCarrier(scene, bytecode).find());
            add(found, new PoolStarvation(scene).find());
            add(found, new LockFree(scene).find());
            add(found, new Behind(scene).find());
            add(found, new LongWait(scene, bytecode).find());
        }
        Set<DumpThread> explained = new HashSet<>(found.keySet());
        add(found, new Islands(scene).find(explained));
        List<Suspect> suspects = new ArrayList<>();
        for (DumpThread thread : judgement.threads()) {
            Suspect suspect = found.get(thread);
            if (suspect != null) {
                suspects.add(suspect);
            }
        }
        return List.copyOf(suspects);
    }

    private static void add(Map<DumpThread, Suspect> found, List<Suspect> more) {
        more.forEach(suspect -> found.putIfAbsent(suspect.thread(), suspect));
    }
}
