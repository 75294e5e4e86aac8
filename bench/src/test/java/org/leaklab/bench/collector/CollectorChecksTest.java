package org.leaklab.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would make a figure of the collector that of something else is caught. */
@Tag("once")
class CollectorChecksTest {

    @ParameterizedTest
    @CsvSource({
        "G1 Young Generation, true, false",
        "G1 Old Generation, false, true",
        "G1 Concurrent GC, false, false",
        "PS Scavenge, true, false",
        "PS MarkSweep, false, true",
        "Copy, true, false",
        "MarkSweepCompact, false, true",
        "ZGC Minor Cycles, true, false",
        "ZGC Major Cycles, false, true",
        "ZGC Minor Pauses, false, false",
        "ZGC Cycles, false, true",
        "ZGC Pauses, false, false"
    })
    void eachBeanIsOfYoungOrOfFullCollectionsOrOfNeither(String bean, boolean young, boolean full) {
        assertThat(YoungCollections.isYoung(bean)).isEqualTo(young);
        assertThat(FullCollections.isFull(bean)).isEqualTo(full);
    }

    @Test
    void aFullCollectionIsCounted() {
        long before = FullCollections.count();
        System.gc();
        FullCollections.check(1, FullCollections.count() - before);
    }

    /** As a JVM that was told not to collect when it is asked to. */
    @Test
    void oneThatDoesNotHappenIsCaught() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FullCollections.check(12, 3))
                .withMessageStartingWith("of 12 full collections that were asked for 3 happened");
    }

    /** As in a heap so large that none is needed. */
    @Test
    void allocationsWithoutAYoungCollectionAreCaught() {
        YoungCollections none = new YoungCollections(0, 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> none.check(true))
                .withMessageEndingWith("no young collection");
        none.check(false);
        new YoungCollections(1, 7).check(true);
    }

    @Test
    void anotherCollectorOrModeIsCaught() {
        List<String> beans = List.of("ZGC Minor Cycles", "ZGC Major Cycles");
        CollectorImpact.ZGC zgc = new CollectorImpact.ZGC();
        zgc.mode = CollectorImpact.ZGC.GENERATIONAL;
        assertThatCode(() -> CollectorImpact.check(zgc.collector(), beans)).doesNotThrowAnyException();
        zgc.mode = CollectorImpact.ZGC.SINGLE;
        assertThatIllegalStateException()
                .isThrownBy(() -> CollectorImpact.check(zgc.collector(), beans))
                .withMessageStartingWith("this JVM has no collector \"ZGC Cycles\", but [ZGC Minor");
    }

    @Test
    void thisJvmHasTheCollectorOfOneOfTheRows() {
        List<String> beans = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(MemoryManagerMXBean::getName)
                .toList();
        assertThat(beans).anyMatch(FullCollections::isFull);
    }

    @Test
    void theControlKeepsAsManyBytesAsTheThreads() throws Exception {
        try (PlainObjects objects = PlainObjects.of("5000-objects")) { // sees that by itself
            assertThat(objects.count()).isEqualTo(5000);
        }
        assertThat(PlainObjects.isMeantBy("5000-objects")).isTrue();
        assertThat(PlainObjects.isMeantBy("5000-virtual")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000, 880", "1000, 1120", "0, 0", "-5, -5"})
    void aControlOfOtherBytesIsCaught(long wanted, long kept) {
        assertThatIllegalStateException()
                .isThrownBy(() -> PlainObjects.check(wanted, kept))
                .withMessageStartingWith("plain objects that should keep as much as stuck threads");
    }

    @Test
    void aControlThatIsOffByLessThanATenthIsFine() {
        assertThatCode(() -> PlainObjects.check(1000, 1090)).doesNotThrowAnyException();
    }
}
