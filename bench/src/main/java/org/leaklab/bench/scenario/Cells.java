package org.leaklab.bench.scenario;

import org.leaklab.bench.Words;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Idiom;

/** The cell of the catalogue that the words of JMH's parameters mean. */
final class Cells {

    private Cells() {}

    /**
     * A cell.
     *
     * @param scenario an id; with {@code /jdk} behind it, its form in that idiom
     */
    static Cell of(String scenario, String variant, String threads) {
        String[] name = scenario.split("/", 2);
        Catalogue catalogue = Catalogue.load();
        return new Cell(
                name.length == 1
                        ? catalogue.get(name[0])
                        : catalogue.get(name[0], Words.constant(Idiom.class, name[1])),
                Words.constant(Variant.class, variant),
                Words.constant(ThreadKind.class, threads),
                1);
    }
}
