package org.leaklab.heapdump.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.PrintedFrame;
import org.leaklab.heapdump.evidence.PrintedMonitor;
import org.leaklab.heapdump.evidence.PrintedMonitor.Kind;
import org.leaklab.heapdump.evidence.PrintedThread;
import org.leaklab.heapdump.evidence.SaidOwners;
import org.leaklab.heapdump.evidence.ThreadPrint;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.judge.SecondLook.Seen;

/** Who has gone on between two looks. */
class SecondLookTest {

    private static final long ID = 31;
    private static final long OWNER = 32;
    private static final long GATE = 0x800;

    private static StackTraceElement at(int line) {
        return new StackTraceElement("shop.Shop", "buy", "Shop.java", line);
    }

    private static DumpThread dumped(boolean virtual, Thread.State state) {
        Stack stack = new Stack(List.of(
                new Stacks.Frame(at(7), "()V", -1),
                new Stacks.Frame(new StackTraceElement("shop.Shop$$Lambda+0x7f", "run", null, -1), "()V", -1)));
        return new DumpThread(1, 0, ID, "buyer", virtual, state, "", true, stack, new int[0]);
    }

    private static PrintedThread printed(long id, int line, int microseconds, PrintedMonitor... monitors) {
        return new PrintedThread(
                id,
                "buyer",
                false,
                Duration.ofNanos(1000L * microseconds),
                "",
                Thread.State.WAITING,
                List.of(new PrintedFrame(at(line), List.of(monitors))),
                0,
                List.of(),
                List.of());
    }

    private static ThreadPrint print(PrintedThread... threads) {
        return new ThreadPrint(List.of(threads), List.of(), true, SaidOwners.NONE);
    }

    private static Seen platform(ThreadPrint before, ThreadPrint after) {
        return new SecondLook(before, after, null, true).of(dumped(false, Thread.State.WAITING));
    }

    @Test
    void aPlatformThreadMustHaveItsStackAndNotHaveRun() {
        assertThat(platform(print(printed(ID, 7, 10)), print(printed(ID, 7, 10))))
                .isEqualTo(Seen.STILL);
        assertThat(platform(print(printed(ID, 7, 10)), print(printed(ID, 7, 20))))
                .isEqualTo(Seen.WENT_ON);
        assertThat(platform(print(printed(ID, 7, 10)), print(printed(ID, 8, 10))))
                .isEqualTo(Seen.WENT_ON);
        assertThat(platform(print(printed(ID, 7, 10)), print())).isEqualTo(Seen.WENT_ON);
        assertThat(new SecondLook(null, null, null, true).of(dumped(false, Thread.State.WAITING)))
                .isEqualTo(Seen.NOT_SEEN);
    }

    /** With {@code -XX:MaxJavaStackTraceDepth} a JVM prints fewer frames than a dump has. */
    @Test
    void aPrintMayEndBeforeTheStackDoes() {
        Stack stack = new Stack(List.of(new Stacks.Frame(at(7), "()V", -1), new Stacks.Frame(at(8), "()V", -1)));
        DumpThread deeper = new DumpThread(1, 0, ID, "buyer", false, Thread.State.WAITING, "", true, stack, new int[0]);
        ThreadPrint print = print(printed(ID, 7, 10));
        assertThat(new SecondLook(print, print, null, true).of(deeper)).isEqualTo(Seen.STILL);
    }

    /** Before JDK 24 one of those that wait for a monitor looks at it every second. */
    @Test
    void whoLooksAtItsMonitorMayRunWhileTheOwnerIsTheSame() {
        List<ThreadPrint> prints = new ArrayList<>();
        for (int microseconds : List.of(10, 20)) {
            PrintedMonitor wanted = new PrintedMonitor(Kind.WAITING_TO_LOCK, GATE, "shop.Gate");
            PrintedMonitor owned = new PrintedMonitor(Kind.LOCKED, GATE, "shop.Gate");
            prints.add(print(printed(ID, 7, microseconds, wanted), printed(OWNER, 9, 10, owned)));
        }
        assertThat(new SecondLook(prints.getFirst(), prints.getLast(), null, true)
                        .of(dumped(false, Thread.State.BLOCKED)))
                .isEqualTo(Seen.STILL);
    }

    private static Seen virtual(@Nullable String state, int line, boolean listsAll) throws Exception {
        String thread = state == null
                ? ""
                : "{\"tid\": 31, \"name\": \"buyer\", \"virtual\": true, \"state\": \"%s\", \"stack\": [\"shop.Shop.buy(Shop.java:%d)\"]}"
                        .formatted(state, line);
        JsonThreadDump json = JsonThreadDump.read(new StringReader("{\"threadDump\": {\"threadContainers\": [{"
                + "\"container\": \"<root>\", \"threads\": [" + thread + "]}]}}"));
        return new SecondLook(print(), print(), json, listsAll).of(dumped(true, Thread.State.WAITING));
    }

    @Test
    void aVirtualThreadMustHaveItsStateAndItsStack() throws Exception {
        assertThat(virtual("WAITING", 7, true)).isEqualTo(Seen.STILL);
        assertThat(virtual("RUNNABLE", 7, true)).isEqualTo(Seen.WENT_ON);
        assertThat(virtual("WAITING", 8, true)).isEqualTo(Seen.WENT_ON);
        assertThat(virtual(null, 7, true)).isEqualTo(Seen.WENT_ON);
    }

    /** With {@code jdk.trackAllThreads=false} nobody can say that it has ended. */
    @Test
    void aThreadThatIsNotListedMayBeThere() throws Exception {
        assertThat(virtual(null, 7, false)).isEqualTo(Seen.NOT_SEEN);
    }
}
