package org.leaklab.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Said;
import org.leaklab.lab.StuckThread;
import org.leaklab.scenario.Leak;

/**
 * What JSON says of a cell.
 *
 * @param jdk its version, where stacks were asked for
 * @param stuck every stuck thread, where stacks were asked for
 */
record CellRow(
        String scenario,
        String idiom,
        String family,
        String variant,
        String threads,
        int count,
        int expectedStuck,
        int observedStuck,
        String verdict,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Said> detectors,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String jdk,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<StuckThread> stuck) {

    static CellRow of(CellResult result, boolean stacks) {
        Cell cell = result.cell();
        Leak leak = cell.scenario().leak();
        return new CellRow(
                leak.id(),
                leak.idiom().word(),
                leak.family().word(),
                cell.variant().word(),
                cell.threads(),
                cell.count(),
                result.expectedStuck(),
                result.observedStuck(),
                result.verdict(),
                result.said(),
                stacks ? Runtime.version().toString() : null,
                stacks ? result.stuck() : null);
    }
}
