package org.leaklab.bench;

import java.util.Locale;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Variant;

/** Cells from the words that JMH parameters are. */
public final class Cells {

    private Cells() {}

    public static Cell of(String scenario, String variant, String threads) {
        return new Cell(
                Catalogue.load().get(scenario), Variant.valueOf(variant.toUpperCase(Locale.ROOT)), kind(threads), 1);
    }

    public static ThreadKind kind(String threads) {
        return ThreadKind.valueOf(threads.toUpperCase(Locale.ROOT));
    }
}
