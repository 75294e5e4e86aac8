package org.leaklab.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would make a figure that of something else is caught. */
class ScenarioChecksTest {

    @ParameterizedTest
    @CsvSource({"state-and-blocker, platform", "state-and-blocker, virtual", "stack, platform", "stack, virtual"})
    void aLookAtWhatIsNoLongerStuckIsCaught(String variant, String threads) throws Exception {
        StuckLook look = new StuckLook();
        look.variant = variant;
        look.threads = threads;
        look.getStuck();
        try {
            assertThat(look.look()).isTrue();
        } finally {
            look.free();
        }
        assertThatIllegalStateException()
                .isThrownBy(look::look)
                .withMessage("the thread that this benchmark looks at is not stuck any more");
    }

    @Test
    void aScenarioThatWaitsForTimeIsNotMeasured() {
        ScenarioThroughput throughput = new ScenarioThroughput();
        throughput.scenario = "timeout-abandons-task/jdk";
        throughput.variant = "leaky";
        throughput.threads = "virtual";
        assertThatIllegalStateException().isThrownBy(throughput::find).withMessageContaining("a constant of the lab");
    }

    /** One thread is started and ends, in each life. */
    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void anEmptyLifeLeavesNothing(String threads) throws Exception {
        EmptyLife empty = new EmptyLife();
        empty.scenario = EmptyLife.NAME;
        empty.variant = "fixed";
        empty.threads = threads;
        empty.begin();
        for (int i = 0; i < 3; i++) {
            assertThat(empty.life()).isZero();
        }
    }

    @Test
    void aPatternThatLosesAnItemIsCaught() {
        PatternThroughput.check(List.of(1, 2, 3), List.of(9, 1, 4));
        assertThatIllegalStateException()
                .isThrownBy(() -> PatternThroughput.check(List.of(1, 2, 3), List.of(1, 4)))
                .withMessageStartingWith("of 3 items a pattern has made something else");
    }
}
