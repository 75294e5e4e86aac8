package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.Verdict;

/** A place is the same in another build, and the file that keeps it is read as it was written. */
class KnownLeaksTest {

    private static final String QUEUE = "java.util.concurrent.SynchronousQueue$Transferer";
    private static final String PUT = "java.util.concurrent.SynchronousQueue.put";

    @TempDir
    Path directory;

    private static StackTraceElement frame(String place, int line) {
        int dot = place.lastIndexOf('.');
        return new StackTraceElement(place.substring(0, dot), place.substring(dot + 1), "Any.java", line);
    }

    private static List<StackTraceElement> stack(int line, String... places) {
        List<StackTraceElement> stack = new ArrayList<>();
        for (String place : places) {
            stack.add(frame(place, line));
        }
        return stack;
    }

    private static LeakedGroup group(Cause cause, @Nullable String blocker, List<StackTraceElement> stack) {
        return new LeakedGroup(1, true, cause, Verdict.CERTAIN, blocker, List.of("any"), 0, List.of(), stack);
    }

    private static LeakedGroup sender(int line, String lambda) {
        return group(
                Cause.UNREACHABLE,
                QUEUE,
                stack(
                        line,
                        "java.lang.VirtualThread.park",
                        "java.util.concurrent.locks.LockSupport.park",
                        PUT,
                        "shop.Shop." + lambda,
                        "shop.Shop$$Lambda+0x0000000098040210.run",
                        "java.lang.VirtualThread.run"));
    }

    private static Findings findings(LeakedGroup... groups) {
        List<LeakedThread> leaked = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            leaked.add(new LeakedThread(
                    i + 1,
                    "thread-" + (i + 1),
                    groups[i].virtual(),
                    Thread.State.WAITING,
                    groups[i].cause(),
                    groups[i].verdict(),
                    groups[i].blocker(),
                    null,
                    0,
                    groups[i].stack()));
        }
        return new Findings(
                Instant.EPOCH,
                "25",
                Map.of(),
                0,
                leaked.size(),
                leaked.size(),
                leaked,
                List.of(groups),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
    }

    private KnownLeaks read(String text) throws IOException {
        return KnownLeaks.read(Files.writeString(directory.resolve("known.txt"), text));
    }

    @Test
    void namesTheCallAndTheFirstFrameOfTheProgram() {
        assertThat(LeakPlace.of(sender(12, "lambda$price$0")))
                .hasToString("unreachable, waits on java.util.concurrent.SynchronousQueue, at " + PUT
                        + ", at shop.Shop.lambda$price");
    }

    @Test
    void isTheSameInAnotherBuild() {
        LeakPlace place = LeakPlace.of(sender(12, "lambda$price$0"));
        assertThat(place.covers(sender(99, "lambda$price$7"))).isTrue();
        assertThat(LeakPlace.of(sender(99, "lambda$price$7"))).isEqualTo(place);
    }

    @Test
    void isTheSameOnAnotherJdkWithOtherFramesInside() {
        LeakedGroup older = group(
                Cause.UNREACHABLE,
                "java.util.concurrent.SynchronousQueue$TransferStack",
                stack(
                        3,
                        "jdk.internal.vm.Continuation.yield",
                        PUT,
                        "shop.Shop.lambda$price$0",
                        "java.lang.Thread.run"));
        assertThat(LeakPlace.of(older)).isEqualTo(LeakPlace.of(sender(12, "lambda$price$0")));
    }

    @Test
    void isAnotherOneWhereMethodCallCauseOrBlockerDiffer() {
        LeakPlace place = LeakPlace.of(sender(12, "lambda$price$0"));
        assertThat(place.covers(sender(12, "lambda$order$0"))).isFalse();
        assertThat(place.covers(sender(12, "price"))).isFalse();
        LeakedGroup taker = group(
                Cause.UNREACHABLE,
                QUEUE,
                stack(12, "java.util.concurrent.SynchronousQueue.take", "shop.Shop.lambda$price$0"));
        assertThat(place.covers(taker)).isFalse();
        assertThat(place.covers(group(
                        Cause.DEADLOCK, QUEUE, sender(12, "lambda$price$0").stack())))
                .isFalse();
        assertThat(place.covers(group(
                        Cause.UNREACHABLE,
                        "java.lang.Object",
                        sender(12, "lambda$price$0").stack())))
                .isFalse();
        assertThat(place.covers(group(
                        Cause.UNREACHABLE, null, sender(12, "lambda$price$0").stack())))
                .isFalse();
    }

    @Test
    void aLockOfTheProgramItselfAndNoFrameOfTheProgramAtAll() {
        LeakedGroup monitor = group(Cause.DEADLOCK, "shop.Shop$Till", stack(5, "shop.Shop.pay", "shop.Main.main"));
        assertThat(LeakPlace.of(monitor)).hasToString("deadlock, waits on shop.Shop$Till, at shop.Shop.pay");
        LeakedGroup jdk = group(Cause.UNREACHABLE, null, stack(5, PUT, "java.lang.Thread.run"));
        assertThat(LeakPlace.of(jdk)).hasToString("unreachable, at " + PUT + ", at java.lang.Thread.run");
        assertThat(LeakPlace.of(jdk).covers(monitor)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.Shop.lambda$pay$0, shop.Shop.lambda$pay",
        "shop.Shop.lambda$pay$12, shop.Shop.lambda$pay",
        "shop.Shop.lambda$pay$6f3a9b1c$1, shop.Shop.lambda$pay",
        "shop.Shop.lambda$add$1, shop.Shop.lambda$add",
        "shop.Shop.lambda$0, shop.Shop.lambda",
        "shop.Shop.pay$lambda$3, shop.Shop.pay$lambda",
        "shop.Shop.pay$lambda$3$lambda$1, shop.Shop.pay$lambda$lambda",
        "shop.Shop.$anonfun$pay$2, shop.Shop.$anonfun$pay",
        "shop.Shop.pay2, shop.Shop.pay2",
        "shop.Shop$1.pay, shop.Shop$1.pay",
        "shop.Shop$$Lambda/0x00007f3a01003210.run, shop.Shop$$Lambda.run",
        "shop.Shop$$Lambda+0x0000000098040210.run, shop.Shop$$Lambda.run",
        "shop.Shop$$Lambda$14.run, shop.Shop$$Lambda.run",
        "shop.Made/0x0000000001003210.run, shop.Made.run",
        "shop.Made+0x0000000001003210.run, shop.Made.run",
        "shop.$Proxy17.pay, shop.$Proxy.pay"
    })
    void leavesOutNumbersOfLambdasAndOfHiddenClasses(String frame, String expected) {
        assertThat(LeakPlace.of(group(Cause.DEADLOCK, null, stack(1, frame))).frames())
                .containsExactly(expected);
    }

    @Test
    void isWrittenInOrderAndReadAgain() throws IOException {
        LeakedGroup till = group(Cause.DEADLOCK, "shop.Till", stack(5, "shop.Shop.pay"));
        KnownLeaks known = KnownLeaks.none().updated(findings(sender(1, "lambda$price$0"), till, sender(9, "order")));
        String text = known.text();
        assertThat(text).endsWith("""

                deadlock, waits on shop.Till
                    at shop.Shop.pay

                unreachable, waits on java.util.concurrent.SynchronousQueue
                    at java.util.concurrent.SynchronousQueue.put
                    at shop.Shop.lambda$price

                unreachable, waits on java.util.concurrent.SynchronousQueue
                    at java.util.concurrent.SynchronousQueue.put
                    at shop.Shop.order
                """);
        KnownLeaks again = read(text.replace("\n", "\r\n"));
        assertThat(again.places()).isEqualTo(known.places()).hasSize(3);
        assertThat(again.text()).isEqualTo(text);
    }

    @Test
    void aPersonMayWriteCommentsAndMoreFrames() throws IOException {
        KnownLeaks known = read("""
                # All of this is old.

                # SHOP-1: goes away with the new client.
                unreachable, waits on java.util.concurrent.SynchronousQueue
                at java.util.concurrent.SynchronousQueue.put
                  # inside too
                at lib.Sender.send
                at shop.Shop.price
                # Cured soon.
                deadlock
                    at shop.Shop.pay
                """);
        String[] inside = {"java.lang.Thread.park", PUT, "lib.Sender.send"};
        LeakedGroup price = group(
                Cause.UNREACHABLE, QUEUE, stack(1, inside[0], inside[1], inside[2], "shop.Shop.price", "shop.Main.a"));
        LeakedGroup order =
                group(Cause.UNREACHABLE, QUEUE, stack(1, inside[0], inside[1], inside[2], "shop.Shop.order"));
        assertThat(known.contains(price)).isTrue();
        assertThat(known.contains(order)).isFalse();
        assertThat(known.notMet(findings(price, order))).singleElement().hasToString("deadlock, at shop.Shop.pay");
        assertThat(known.updated(findings(price, order)).text()).isEqualTo("""
                # All of this is old.

                unreachable, waits on java.util.concurrent.SynchronousQueue
                    at java.util.concurrent.SynchronousQueue.put
                    at lib.Sender.send

                # SHOP-1: goes away with the new client.
                # inside too
                unreachable, waits on java.util.concurrent.SynchronousQueue
                    at java.util.concurrent.SynchronousQueue.put
                    at lib.Sender.send
                    at shop.Shop.price
                """);
    }

    @Test
    void leavesOutThreadsGroupsAndCirclesThatAreKnown() {
        LeakedGroup old = group(Cause.DEADLOCK, "shop.Till", stack(5, "shop.Shop.pay"));
        LeakedGroup fresh = group(Cause.DEADLOCK, "shop.Till", stack(5, "shop.Shop.refund"));
        Findings both = findings(old, fresh);
        Circle known = circle(1, 1);
        Circle mixed = circle(1, 2);
        Findings found = new Findings(
                both.at(),
                both.jdk(),
                both.threads(),
                both.platform(),
                both.virtual(),
                both.blocked(),
                both.leaked(),
                both.groups(),
                List.of(known, mixed),
                both.suspects(),
                both.waiting(),
                both.unknown(),
                null,
                List.of("a note"));
        Findings left = KnownLeaks.none().updated(findings(old)).without(found);
        assertThat(left.leaked()).extracting(LeakedThread::name).containsExactly("thread-2");
        assertThat(left.groups()).containsExactly(fresh);
        assertThat(left.circles()).containsExactly(mixed);
        assertThat(left.notes()).containsExactly("a note");
        assertThat(KnownLeaks.none().without(found)).isEqualTo(found);
    }

    private static Circle circle(int... ids) {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            int next = ids[(i + 1) % ids.length];
            links.add(new Link(
                    new ThreadName(ids[i], "thread-" + ids[i]),
                    "shop.Till",
                    "shop.Shop.pay",
                    new ThreadName(next, "thread-" + next)));
        }
        return new Circle(links);
    }

    @Test
    void aGroupWithoutAStackIsNeverKnown() {
        LeakedGroup bare = group(Cause.UNREACHABLE, QUEUE, List.of());
        KnownLeaks known = KnownLeaks.none().updated(findings(bare));
        assertThat(known.places()).isEmpty();
        assertThat(known.contains(bare)).isFalse();
    }

    @Test
    void aNameCannotAddALine() throws IOException {
        LeakedGroup hostile = group(
                Cause.UNREACHABLE, "a\ndeadlock", List.of(new StackTraceElement("b\n    at c", "d\u2028", null, 1)));
        KnownLeaks known = KnownLeaks.none().updated(findings(hostile));
        KnownLeaks again = read(known.text());
        assertThat(again.places()).isEqualTo(known.places()).hasSize(1);
        assertThat(again.contains(hostile)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unreachable, waits on a.B               | line 1: this entry has no frames: add lines that begin with "at"
            unreachable~    at a.b~~deadlock~~      | line 4: this entry has no frames
            at a.b                                  | line 1: this frame belongs to no entry
            # x~~<<<<<<< HEAD~unreachable~at a.b    | line 3: "<<<<<<< HEAD" is no cause: an entry begins with unreachable, deadlock, class-initialization or left-behind
            unreachabel~    at a.b                  | line 1: "unreachabel" is no cause
            unreachable~    at a.b~~at c.d          | line 4: this frame belongs to no entry
            """)
    void refusesWhatItDoesNotUnderstand(String text, String why) {
        assertThatThrownBy(() -> read(text.strip().replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("known.txt, ")
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        Path bytes = Files.write(directory.resolve("heap.hprof"), new byte[] {'a', (byte) 0xff, 0, 1});
        assertThatThrownBy(() -> KnownLeaks.read(bytes)).hasMessageContaining("heap.hprof is no file of known leaks");
        assertThatThrownBy(() -> KnownLeaks.read(directory.resolve("none"))).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> KnownLeaks.read(directory)).hasMessageContaining("this is no file");
        Path empty = Files.write(directory.resolve("empty"), "\uFEFF\n".getBytes(StandardCharsets.UTF_8));
        assertThat(KnownLeaks.read(empty).places()).isEmpty();
    }
}
