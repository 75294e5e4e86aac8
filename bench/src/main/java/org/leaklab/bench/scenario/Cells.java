package org.leaklab.bench.scenario;

import org.leaklab.bench.Words;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Variant;

/** The cell of the catalogue that the words of JMH's parameters mean. */
final class Cells {

    private Cells() {}

    static Cell of(String scenario, String variant, String threads) {
        return new Cell(
                Catalogue.load().get(scenario),
                Words.constant(Variant.class, variant),
                Words.constant(ThreadKind.class, threads),
                1);
    }
}
