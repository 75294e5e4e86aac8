package org.leaklab.junit.suite;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.junit.suite.LeftThread.Verdict;

/** Asks a probe of all virtual threads which of those left behind can never be woken. */
final class Verdicts {

    private static final Pattern PACKAGE = Pattern.compile("java\\.base/([a-z.]+)=");

    private Verdicts() {}

    /**
     * Returns the same threads with what a probe says of them. No probe runs if it could tell nothing, for it collects
     * garbage: if none of them is a virtual thread that waits without limit.
     *
     * @param attach whether an agent may be loaded
     * @param notes takes what was not seen, and why
     */
    static List<LeftThread> of(List<LeftThread> left, boolean attach, List<String> notes) throws InterruptedException {
        if (left.stream().anyMatch(each -> each.look().kind() == ThreadKind.PLATFORM)) {
            notes.add("whether a platform thread can be woken, only a heap dump can tell:"
                    + " leaklab's command detect PID takes one while the tests run");
        }
        if (left.stream().noneMatch(Verdicts::isForAProbe)) {
            return left;
        }
        if (!attach && !isOpen()) {
            notes.add("whether virtual threads can be woken was not looked at: a probe needs " + SuiteSettings.ATTACH
                    + "=true, or the options of Reachability.OPENS");
            return left;
        }
        try {
            return judged(left, Reachability.ofAllVirtualThreads().probe());
        } catch (IllegalStateException e) {
            notes.add("whether virtual threads can be woken was not seen: " + e.getMessage());
            return left;
        }
    }

    private static boolean isForAProbe(LeftThread thread) {
        return thread.look().kind() == ThreadKind.VIRTUAL && thread.look().state() == Thread.State.WAITING;
    }

    /** What the probe saw of a thread takes the place of what was seen before it: the thread may have gone on. */
    static List<LeftThread> judged(List<LeftThread> left, Finding finding) {
        Map<Long, ThreadSnapshot> leaked = byId(finding.threads());
        Map<Long, ThreadSnapshot> suspects = byId(finding.suspects());
        List<LeftThread> judged = new ArrayList<>();
        for (LeftThread each : left) {
            long id = each.look().threadId();
            if (leaked.containsKey(id)) {
                boolean interruptible = finding.unlessInterrupted().contains(id);
                judged.add(each.seenAgain(leaked.get(id))
                        .with(interruptible ? Verdict.UNLESS_INTERRUPTED : Verdict.NEVER));
            } else if (suspects.containsKey(id)) {
                judged.add(each.seenAgain(suspects.get(id)).with(Verdict.PERHAPS));
            } else {
                judged.add(each);
            }
        }
        return judged;
    }

    private static Map<Long, ThreadSnapshot> byId(List<ThreadSnapshot> threads) {
        return threads.stream().collect(Collectors.toMap(ThreadSnapshot::threadId, look -> look, (one, other) -> one));
    }

    /** Whether a probe needs no agent. */
    private static boolean isOpen() {
        Module base = Object.class.getModule();
        Module unnamed = ClassLoader.getPlatformClassLoader().getUnnamedModule();
        ModuleDescriptor has = base.getDescriptor();
        return PACKAGE.matcher(Reachability.OPENS)
                .results()
                .map(found -> found.group(1))
                .filter(name -> has.packages().contains(name)) // newer JDKs have fewer
                .allMatch(name -> base.isOpen(name, unnamed));
    }
}
