package org.leaklab.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.detect.probe.Canary;

/** The virtual threads of this JVM that a detector of one launcher does not look at. */
final class OtherThreads {

    private OtherThreads() {}

    /** Says how many there are, or that the JVM does not show them. */
    static List<String> notes(Launcher launcher) {
        LiveThreads own = Launchers.of(launcher);
        Set<Thread> launched = new HashSet<>();
        int others = 0;
        for (LiveThreads live : Launchers.all()) {
            for (Launched each : live.snapshot(Launched.class)) {
                launched.add(each.thread());
                others += live != own && each.thread().isVirtual() && !Canary.isIn(live) ? 1 : 0;
            }
        }
        List<String> notes = new ArrayList<>();
        if (others > 0) {
            notes.add(count(others) + " started by another launcher, and this probe did not look at them");
        }
        if (!JvmThreads.seesVirtual()) {
            notes.add("cannot know how many virtual threads were not started by a launcher: " + JvmThreads.remedy());
            return notes;
        }
        Set<Thread> plain = JvmThreads.virtual();
        plain.removeAll(launched);
        if (!plain.isEmpty()) {
            notes.add(
                    count(plain.size()) + " not started by a launcher: Reachability.ofAllVirtualThreads looks at them");
        }
        return notes;
    }

    private static String count(int threads) {
        return threads + (threads == 1 ? " virtual thread was" : " virtual threads were");
    }
}
