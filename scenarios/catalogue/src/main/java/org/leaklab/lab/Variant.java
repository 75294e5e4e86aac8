package org.leaklab.lab;

import java.util.Locale;
import org.leaklab.core.Launcher;
import org.leaklab.scenario.Scenario;

/** The two forms of a scenario. */
public enum Variant {
    /** Goes wrong. */
    LEAKY,
    /** The cure. */
    FIXED;

    /** Runs this form of a scenario. */
    void run(Scenario scenario, Launcher threads) throws Exception {
        switch (this) {
            case LEAKY -> scenario.leaky(threads);
            case FIXED -> scenario.fixed(threads);
        }
    }

    /** The word used on the command line and in results. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
