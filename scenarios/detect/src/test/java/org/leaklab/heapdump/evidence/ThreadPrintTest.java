package org.leaklab.heapdump.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.evidence.PrintedMonitor.Kind;

/** The prints are of one program on each JDK; sections of threads that play no part were left out. */
class ThreadPrintTest {

    /** Bounded work takes a moment, the other kind minutes. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String HEAD = """
            Full thread dump OpenJDK 64-Bit Server VM (25 mixed mode):

            Threads class SMR info:
            _java_thread_list=0x1, length=2, elements={
            0x00000000000000aa, 0x00000000000000bb
            }

            """;

    private static String thread(String name, int id, String tid, String body) {
        return "\"" + name + "\" #" + id + " [77] prio=5 os_prio=0 cpu=1.50ms elapsed=2.00s allocated=1K"
                + " defined_classes=0 tid=0x00000000000000" + tid
                + " nid=77 waiting on condition  [0x00007f0000000000]\n"
                + "   java.lang.Thread.State: WAITING (parking)\n" + body
                + "\n   Locked ownable synchronizers:\n\t- None\n\n";
    }

    private static ThreadPrint of(int jdk) throws IOException {
        try (InputStream in = ThreadPrintTest.class.getResourceAsStream("print-" + jdk + ".txt")) {
            return ThreadPrint.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static PrintedThread named(ThreadPrint print, String name) {
        return print.threads().stream()
                .filter(thread -> name.equals(thread.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Names are the program's, and may be made to take long. */
    @Test
    void longNamesTakeBoundedTime() {
        int many = 100_000;
        for (String line : List.of(
                "\" #1 [".repeat(many) + " tid=0x00000000000000aa",
                "\"x\" #1 tid=0x00000000000000aa nid=1 " + " ".repeat(2 * many) + "!",
                thread("x", 7, "aa", "\t- " + " ".repeat(2 * many) + "x\n"))) {
            ThreadPrint print = assertTimeoutPreemptively(SOON, () -> ThreadPrint.of(HEAD + line + "\n"));
            assertThat(print.isWhole()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 25, 26, 27, 28})
    void readsWhoOwnsAndWhoWaits(int jdk) throws IOException {
        ThreadPrint print = of(jdk);
        assertThat(print.unread()).isEmpty();
        assertThat(print.isWhole()).isTrue();
        PrintedThread one = named(print, "dead-a");
        PrintedThread other = named(print, "dead-b");
        assertThat(one.state()).isEqualTo(Thread.State.BLOCKED);
        assertThat(one.nativeState()).isEqualTo("waiting for monitor entry");
        assertThat(one.waitsFor().kind()).isEqualTo(Kind.WAITING_TO_LOCK);
        assertThat(one.owned()).containsExactly(other.waitsFor().address());
        assertThat(other.owned()).containsExactly(one.waitsFor().address());
        assertThat(one.frames().getFirst().at()).isEqualTo(new StackTraceElement("P", "lock2", "P.java", 6));
        assertThat(one.cpu()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(1));
        assertThat(named(print, "init-c").waitsFor())
                .isEqualTo(new PrintedMonitor(Kind.CLASS_INITIALIZATION, 0, "P$D1"));
        assertThat(named(print, "static-wait").waitsFor().type()).isEqualTo("java.lang.Class for P");
        PrintedThread owner = named(print, "owner");
        PrintedMonitor parked = named(print, "locker").waitsFor();
        assertThat(parked.kind()).isEqualTo(Kind.PARKING);
        assertThat(owner.synchronizers()).containsExactly(new PrintedThread.OwnedLock(parked.address(), parked.type()));
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 25, 26, 27, 28})
    void doesNotOwnWhatItGaveUpToWait(int jdk) throws IOException {
        ThreadPrint print = of(jdk);
        PrintedThread owner = named(print, "owner");
        for (String waiter : new String[] {"waiter", "timed \"q\" #7"}) {
            assertThat(named(print, waiter).owned()).isEmpty();
            assertThat(named(print, waiter).waitsFor().kind()).isEqualTo(Kind.WAITING_ON);
            assertThat(owner.owned())
                    .containsExactly(named(print, waiter).waitsFor().address());
        }
        assertThat(named(print, "joiner").waitsFor().type()).isEqualTo("java.lang.Thread");
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 25, 26, 27, 28})
    void takesAThreadInANameForAName(int jdk) throws IOException {
        ThreadPrint print = of(jdk);
        assertThat(print.threads())
                .filteredOn(thread -> "main".equals(thread.name()))
                .hasSize(1);
        assertThat(print.threads())
                .filteredOn(thread -> String.valueOf(thread.name()).startsWith("evil\n\n\"main\" #1 [1]"))
                .singleElement()
                .satisfies(thread -> assertThat(thread.frames().getFirst().at().getMethodName())
                        .isEqualTo("park"));
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 26, 27, 28})
    void tellsACarrierFromWhatItCarries(int jdk) throws IOException {
        PrintedThread carrier = of(jdk).threads().stream()
                .filter(thread -> thread.carried() != 0)
                .findFirst()
                .orElseThrow();
        assertThat(carrier.carriedFrames().getFirst().at().getClassName()).isEqualTo("P");
        assertThat(carrier.frames().getFirst().at().getClassName()).isEqualTo("jdk.internal.vm.Continuation");
    }

    @Test
    void doesNotReadAThreadThatIsThereTwice() throws IOException {
        String park = "\tat java.lang.A.b(A.java:1)\n";
        String fake = thread("x", 7, "aa", "\tat java.lang.Fake.fake(F.java:1)\n");
        String print = HEAD + thread("first", 7, "aa", park) + thread("y\n\n" + fake + "\"z", 8, "bb", park);
        ThreadPrint read = ThreadPrint.of(print);
        assertThat(read.isWhole()).isFalse();
        assertThat(read.thread(7)).isNull();
        assertThat(read.thread(8).name()).isNull();
        assertThat(read.unread()).anyMatch(line -> line.contains("is there 2 times"));
    }

    @Test
    void keepsWhatANamePretendsToOwnOutOfOthers() throws IOException {
        String park = "\tat java.lang.A.b(A.java:1)\n";
        String fake =
                "\n   Locked ownable synchronizers:\n\t- <0x00000000000000ff> (a X)\n\n\tat Fake.f(F.java:1)\n\t- locked <0xff> (a X)";
        ThreadPrint read = ThreadPrint.of(HEAD + thread("first", 7, "aa", park) + thread(fake, 8, "bb", park));
        assertThat(read.unread()).isEmpty();
        assertThat(read.thread(7).synchronizers()).isEmpty();
        assertThat(read.thread(8).owned()).isEmpty();
        assertThat(read.thread(8).name()).isEqualTo(fake);
    }

    @Test
    void ownsNothingForSureIfItIsNotKnownWhatItGaveUp() throws IOException {
        String body = "\tat java.lang.Object.wait0(java.base@25/Native Method)\n"
                + "\t- waiting on <no object reference available>\n\tat A.b(A.java:1)\n"
                + "\t- locked <0x00000000000000e1> (a X)\n\t- locked <0x00000000000000e2> (a X)\n"
                + "\t- eliminated <owner is scalar replaced> (a X)\n";
        String relock = "\tat A.b(A.java:1)\n\t- waiting to re-lock in wait() <0x00000000000000e1> (a X)\n"
                + "\t- locked <0x00000000000000e2> (a X)\n";
        ThreadPrint read = ThreadPrint.of(HEAD + thread("first", 7, "aa", body) + thread("b", 8, "bb", relock));
        assertThat(read.unread()).isEmpty();
        assertThat(read.thread(7).waitsFor()).isEqualTo(new PrintedMonitor(Kind.WAITING_ON, 0, null));
        assertThat(read.thread(7).owned()).isEmpty();
        assertThat(read.thread(8).waitsFor().kind()).isEqualTo(Kind.WAITING_TO_RELOCK);
        assertThat(read.thread(8).owned()).isEqualTo(Set.of(0xe2L));
    }

    @Test
    void leavesOutAStackWithALineThatItDoesNotKnow() throws IOException {
        String odd = "\tat A.b(A.java:1)\n\t- juggling <0x00000000000000e1> (a X)\n";
        ThreadPrint read = ThreadPrint.of(HEAD + thread("first", 7, "aa", odd) + thread("b", 8, "bb", ""));
        assertThat(read.thread(7)).isNull();
        assertThat(read.isWhole()).isFalse();
        assertThat(read.unread()).anyMatch(line -> line.startsWith("the stack of thread #7"));
    }

    @Test
    void refusesWhatIsNoThreadPrint() {
        assertThatThrownBy(() -> ThreadPrint.of("hello\n\"x\"\nFull thread dump"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no thread print");
    }
}
