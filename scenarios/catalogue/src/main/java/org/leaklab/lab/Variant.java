package org.leaklab.lab;

import java.util.Locale;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/** The two forms of a scenario. */
public enum Variant {
    /** The form that goes wrong. */
    LEAKY,
    /** The form with the cure. */
    FIXED;

    /** Runs this form of a scenario. */
    void run(Scenario scenario, Threads threads) throws Exception {
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
